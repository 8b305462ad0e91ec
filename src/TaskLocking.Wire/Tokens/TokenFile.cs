using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace TaskLocking.Wire;

/// <summary>
/// The tokens of a server by their names, in a file that nobody but its owner may use. It is written whole, by one at a time, and has no
/// secret in it: that is told once, when a token is made.
/// </summary>
internal static class TokenFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const long Longest = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>All of them, in the order in which they were made.</summary>
    /// <exception cref="TaskLockingException">PathNotFound; UnsafeFile where others may use it; InvalidArgument where it is no such file;
    /// AccessDenied with what the system said.</exception>
    public static IReadOnlyList<NamedToken> Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            RefuseOthers(path, file);
            if (file.Length > Longest)
                throw NoTokens(path);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            return Parse(path, bytes.ToArray());
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TaskLockingException(RefusalCode.PathNotFound,
                $"There are no tokens: '{TerminalText.Line(path)}' is missing. 'tasklock token add NAME --tokens FILE' makes it.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Denied(path, fault);
        }
    }

    /// <summary>Adds a token; gives its secret, which nobody can be told again.</summary>
    /// <param name="path">The file; it is made where it is missing.</param>
    /// <param name="name">1 to 100 characters that are shown, on one line; no other token has it.</param>
    /// <param name="mayChange">Whether its owner may change the board.</param>
    /// <param name="now">The time.</param>
    /// <param name="keep">Has the secret before the token counts; null for nobody.</param>
    /// <exception cref="TaskLockingException">As <see cref="Read"/>, but for a file that is missing; LockTimeout.</exception>
    public static string Add(string path, string name, bool mayChange, DateTimeOffset now, Action<string>? keep = null)
    {
        if (name.Trim() is not { Length: > 0 and <= NamedToken.LongestName } || name.Trim() != name || TerminalText.Line(name) != name)
        {
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"'{TerminalText.Line(name)}' cannot be the name of a token. "
                + $"Give 1 to {NamedToken.LongestName} characters on one line, for example: tasklock token add builder-1");
        }
        var secret = NamedToken.NewSecret();
        Change(path, tokens =>
        {
            if (tokens.Exists(token => string.Equals(token.Name, name, StringComparison.Ordinal)))
            {
                throw new TaskLockingException(RefusalCode.InvalidArgument,
                    $"There is a token of the name {name} already. Revoke it first, or give another name.");
            }
            keep?.Invoke(secret);
            tokens.Add(NamedToken.Of(name, mayChange, secret, now));
        });
        return secret;
    }

    /// <summary>Takes tokens away; who has one is a stranger from then on. All or none.</summary>
    /// <returns>Those that were taken away.</returns>
    /// <exception cref="TaskLockingException">As <see cref="Read"/>; AgentNotFound for a name that no token has; LockTimeout.</exception>
    public static IReadOnlyList<NamedToken> Revoke(string path, IReadOnlyCollection<string> names)
    {
        // What is not there is not made.
        _ = Read(path);
        var revoked = new List<NamedToken>();
        Change(path, tokens =>
        {
            revoked = tokens.FindAll(token => names.Contains(token.Name, StringComparer.Ordinal));
            var missing = names.Except(revoked.Select(token => token.Name), StringComparer.Ordinal).FirstOrDefault();
            if (missing is not null)
            {
                throw new TaskLockingException(RefusalCode.AgentNotFound,
                    $"No token has the name {TerminalText.Line(missing)}. 'tasklock token list' has all names.");
            }
            tokens.RemoveAll(revoked.Contains);
        });
        return revoked;
    }

    /// <summary>Puts a secret into a file of its own, which must not be there yet, for its owner alone.</summary>
    /// <exception cref="TaskLockingException">AccessDenied with what the system said.</exception>
    public static void Keep(string path, string secret)
    {
        try
        {
            using var file = new StreamWriter(Create(path, FileMode.CreateNew));
            file.WriteLine(secret);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Denied(path, fault);
        }
    }

    private static void Change(string path, Action<List<NamedToken>> change)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using var turn = Turn(path + ".lock");
            var tokens = File.Exists(path) ? Read(path).ToList() : [];
            change(tokens);
            using (var file = Create(temporary, FileMode.CreateNew))
            {
                file.Write(Text(tokens).Span);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Denied(path, fault);
        }
        finally
        {
            Discard(temporary);
        }
    }

    // One that ends, however it does, lets go.
    private static FileStream Turn(string path)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return Create(path, FileMode.OpenOrCreate);
            }
            catch (IOException) when (File.Exists(path))
            {
                if (TimeProvider.System.GetElapsedTime(begun) > Patience)
                {
                    throw new TaskLockingException(RefusalCode.LockTimeout,
                        $"Somebody else changes the tokens: '{TerminalText.Line(path)}' was not free in time.");
                }
                Thread.Sleep(Pause);
            }
        }
    }

    private static FileStream Create(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        return new FileStream(path, options);
    }

    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It has no secret in it.
        }
    }

    private static void RefuseOthers(string path, FileStream file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & ~Owner) is var others and not UnixFileMode.None)
        {
            var shown = TerminalText.Line(path);
            throw new TaskLockingException(RefusalCode.UnsafeFile,
                $"Others than its owner may use '{shown}' ({others}). Take that right away: chmod 600 {shown}");
        }
    }

    private static IReadOnlyList<NamedToken> Parse(string path, byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return [.. document.RootElement.GetProperty("tokens").EnumerateArray().Select(Token)];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw NoTokens(path);
        }
    }

    private static NamedToken Token(JsonElement token) => new(Text(token, "name"), Text(token, "rights") == "change",
        Text(token, "print"), Text(token, "cookie"), token.GetProperty("made").GetDateTimeOffset());

    private static string Text(JsonElement token, string name) =>
        token.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException(name);

    private static ReadOnlyMemory<byte> Text(IReadOnlyList<NamedToken> tokens) => JsonText.Line(writer =>
    {
        writer.WriteStartObject();
        JsonText.Write(writer, "tokens", tokens, static (each, token) =>
        {
            each.WriteStartObject();
            each.WriteString("name", token.Name);
            each.WriteString("rights", token.Rights);
            each.WriteString("print", token.Print);
            each.WriteString("cookie", token.CookiePrint);
            each.WriteString("made", JsonText.Time(token.Made));
            each.WriteEndObject();
        });
        writer.WriteEndObject();
    });

    private static TaskLockingException NoTokens(string path) => new(RefusalCode.InvalidArgument,
        $"'{TerminalText.Line(path)}' is no file of tokens. 'tasklock token add NAME --tokens FILE' makes one.");

    private static TaskLockingException Denied(string path, Exception fault) => new(RefusalCode.AccessDenied,
        $"The file of tokens '{TerminalText.Line(path)}' cannot be used: {TerminalText.Line(fault.Message)}", fault);
}

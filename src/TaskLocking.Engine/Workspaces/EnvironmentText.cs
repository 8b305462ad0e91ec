using System;
using System.Globalization;
using System.IO;
using System.Text;
using TaskLocking.Locking;

namespace TaskLocking;

/// <summary>
/// Text that comes from the system as bytes: names, arguments, variables. .NET puts U+FFFD in the place of what is not UTF-8, and such a
/// text names nothing any more, or something else: it is refused, never used.
/// </summary>
public static class EnvironmentText
{
    private const string Replacement = "\uFFFD";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The value of a variable; null if it is not set.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument: it is not UTF-8.</exception>
    public static string? Variable(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        if (value is null || !IsDoubtful(value) || !LibC.IsUnix)
            return value;
        // A session may have set it anew since: then what the process was started with says nothing about it.
        var bytes = StartedWith(name);
        if (bytes is not null && (IsUtf8(bytes) || Encoding.UTF8.GetString(bytes) != value))
            return value;
        throw new TaskLockingException(NotUtf8($"The value of {name}", bytes is null ? value : Show(bytes)));
    }

    /// <summary>
    /// Whether a text may have lost something on its way here. It may also be meant like that, which only its bytes tell.
    /// </summary>
    public static bool IsDoubtful(string text) => text.Contains(Replacement);

    /// <summary>Whether bytes are UTF-8.</summary>
    public static bool IsUtf8(byte[] bytes)
    {
        try
        {
            _ = Strict.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>The refusal of a text that is not UTF-8.</summary>
    /// <param name="what">The beginning of the sentence: what it is.</param>
    /// <param name="text">As far as it can be shown.</param>
    public static Refusal NotUtf8(string what, string text) => new(RefusalCode.InvalidArgument,
        $"{what} is not UTF-8: '{text}'. Ids, names and paths are UTF-8 here; mv and ln -s make one for a folder that has none.");

    /// <summary>Bytes as bash takes them between <c>$'</c> and <c>'</c>.</summary>
    public static string Show(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (var value in bytes)
        {
            if (value is >= 0x20 and < 0x7f and not ((byte)'\\' or (byte)'\''))
                text.Append((char)value);
            else
                text.Append("\\x").Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }

    /// <summary>Refuses a path that names nothing because a part of it is not UTF-8, be it only behind a link.</summary>
    /// <param name="path">As it was found.</param>
    /// <param name="shown">As the user knows it.</param>
    internal static void RefuseLost(string path, string shown)
    {
        if (IsDoubtful(path) && !Directory.Exists(path))
            throw new TaskLockingException(NotUtf8($"The name of '{shown}'", path));
    }

    private static byte[]? StartedWith(string name)
    {
        try
        {
            var all = LibC.IsLinux ? File.ReadAllBytes("/proc/self/environ") : [];
            var sought = Encoding.UTF8.GetBytes(name + "=");
            for (var start = 0; start < all.Length;)
            {
                var end = Array.IndexOf(all, (byte)0, start);
                if (end < 0)
                    end = all.Length;
                if (all.AsSpan(start, end - start).StartsWith(sought))
                    return all.AsSpan(start + sought.Length, end - start - sought.Length).ToArray();
                start = end + 1;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A container may hide it.
        }
        return null;
    }
}

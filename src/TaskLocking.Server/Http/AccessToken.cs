using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>
/// What a caller has to show, whoever he is: another user of the machine reaches the port, too. Programs send it as a bearer token; a
/// browser gets a cookie for it, which is another text, so that neither tells the other.
/// </summary>
internal sealed class AccessToken
{
    private const int LeastLength = 32;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] _bearer;
    private readonly byte[] _cookie;

    private AccessToken(string text, bool isFromFile)
    {
        Text = text;
        IsFromFile = isFromFile;
        (_bearer, _cookie) = (Hash(text), Hash(NamedToken.CookieOf(text)));
    }

    public string Text { get; }

    /// <summary>Whether those who may know it read it there.</summary>
    public bool IsFromFile { get; }

    /// <summary>A new one.</summary>
    public static AccessToken Random() => new(NamedToken.NewSecret(), isFromFile: false);

    /// <summary>The one in a file that nobody but its owner reads; a file that is not there is made with a new one.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument, and what the system said.</exception>
    public static AccessToken Of(string path)
    {
        try
        {
            if (!File.Exists(path))
                Make(path);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~Owner) is var others and not UnixFileMode.None)
            {
                throw ServerArguments.Fault($"Others than its owner may use the token in '{path}' ({others}). "
                    + $"Take that right away: chmod 600 {path}");
            }
            var text = File.ReadAllText(path).Trim();
            return text.Length >= LeastLength && text.All(char.IsAsciiLetterOrDigit) ? new AccessToken(text, isFromFile: true)
                : throw ServerArguments.Fault($"'{path}' has no token: {LeastLength} or more letters and digits on one line. "
                    + "Without the file the server makes one.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TaskLockingException(RefusalCode.AccessDenied, $"The token file '{path}' cannot be used: {fault.Message}", fault);
        }
    }

    public bool IsBearer(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Hash(given), _bearer);

    public bool IsCookie(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Hash(given), _cookie);

    private static void Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        using var file = new StreamWriter(path, options);
        file.WriteLine(NamedToken.NewSecret());
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

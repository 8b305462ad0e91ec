using System;
using System.Security.Cryptography;
using System.Text;

namespace TaskLocking.Wire;

/// <summary>
/// A token of a name, as a file keeps it: enough to know the secret again, and not the secret. Nor can what a browser is given in its place
/// be made of it.
/// </summary>
/// <param name="Name">In whose name its owner acts, and no other.</param>
/// <param name="MayChange">Whether he may change the board, where the server lets anybody.</param>
/// <param name="Print">The digest of the secret, in hexadecimal digits.</param>
/// <param name="CookiePrint">That of what a browser has in its place.</param>
/// <param name="Made">When.</param>
internal sealed record NamedToken(string Name, bool MayChange, string Print, string CookiePrint, DateTimeOffset Made)
{
    /// <summary>The longest name, in characters: that of an agent.</summary>
    public const int LongestName = 100;

    private const int SecretBytes = 32;

    /// <summary>What it may do, as a word: <c>change</c> or <c>read</c>.</summary>
    public string Rights => MayChange ? "change" : "read";

    /// <summary>A new secret: 256 bits of chance, so that its digest needs no salt.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What a browser has in place of a secret: another text, so that neither tells the other.</summary>
    public static string CookieOf(string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "cookie"u8));

    /// <summary>The token of a secret.</summary>
    public static NamedToken Of(string name, bool mayChange, string secret, DateTimeOffset made) =>
        new(name, mayChange, PrintOf(secret), PrintOf(CookieOf(secret)), made);

    /// <summary>Whether that is its secret; takes as long whether it is or not.</summary>
    public bool Is(string secret) => Matches(secret, Print);

    /// <summary>The same of what a browser has.</summary>
    public bool IsCookie(string cookie) => Matches(cookie, CookiePrint);

    private static string PrintOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool Matches(string given, string print) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(PrintOf(given)), Encoding.ASCII.GetBytes(print));
}

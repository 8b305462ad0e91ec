using System;
using System.IO;
using System.Linq;

namespace TaskLocking.Workspaces;

/// <summary>
/// The few settings of a repository that tell where its main worktree is. Includes are not followed: git looks for none of these there.
/// </summary>
/// <param name="IsBare"><c>core.bare</c>; null if it is not said.</param>
/// <param name="Worktree"><c>core.worktree</c>, relative to the git directory.</param>
/// <param name="HasWorktreeConfig">Whether <c>config.worktree</c> has more to say.</param>
internal sealed record GitConfig(bool? IsBare, string? Worktree, bool HasWorktreeConfig)
{
    private const int Longest = 1 << 20; // in bytes

    /// <summary>What the file says; nothing if it cannot be read: then the name of the folder tells.</summary>
    public static GitConfig Read(string file)
    {
        var found = new GitConfig(null, null, false);
        var section = "";
        using var lines = new StringReader(GitFile.Read(file, Longest) ?? "");
        while (lines.ReadLine() is { } raw)
        {
            var line = raw.Trim();
            if (line.Length > 0 && line[0] == '[' && line.IndexOf(']') is var end and > 0)
            {
                section = line.Substring(1, end - 1).Trim().ToLowerInvariant();
                line = line.Substring(end + 1).Trim();
            }
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            // A value goes on where its line ends with a backslash that is none's second half.
            while (GoesOn(line) && lines.ReadLine() is { } next)
                line = line.Remove(line.Length - 1) + next.TrimEnd('\r');
            found = found.With(section, line);
        }
        return found;
    }

    private static bool GoesOn(string line) => (line.Length - line.TrimEnd('\\').Length) % 2 == 1;

    /// <summary>With what another says, where it says something.</summary>
    public GitConfig With(GitConfig other) => new(other.IsBare ?? IsBare, other.Worktree ?? Worktree, HasWorktreeConfig);

    private GitConfig With(string section, string line)
    {
        var equals = line.IndexOf('=');
        var name = (equals < 0 ? line : line.Substring(0, equals)).Trim().ToLowerInvariant();
        var value = equals < 0 ? "true" : Plain(line.Substring(equals + 1));
        return (section, name) switch
        {
            ("core", "bare") => this with { IsBare = IsTrue(value) },
            ("core", "worktree") when value.Length > 0 => this with { Worktree = value },
            ("extensions", "worktreeconfig") => this with { HasWorktreeConfig = IsTrue(value) },
            _ => this,
        };
    }

    // Every number but 0 is true: decimal, hexadecimal or octal, with a sign and a unit as git has them.
    private static bool IsTrue(string value)
    {
        value = value.ToLowerInvariant();
        if (value is "true" or "yes" or "on")
            return true;
        var digits = value.TrimStart('+', '-').TrimEnd('k', 'm', 'g');
        return digits.StartsWith("0x", StringComparison.Ordinal)
            ? digits.Length > 2 && digits.Skip(2).All(IsHexadecimal) && digits.Skip(2).Any(digit => digit != '0')
            : digits.All(digit => digit is >= '0' and <= '9') && digits.Any(digit => digit != '0');
    }

    private static bool IsHexadecimal(char digit) => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f');

    // A value may be quoted, in whole or in part, and a remark may follow it.
    private static string Plain(string text)
    {
        var plain = new System.Text.StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                isQuoted = !isQuoted;
            else if (text[i] == '\\' && i + 1 < text.Length)
                plain.Append(text[++i]);
            else if (!isQuoted && (text[i] is '#' or ';'))
                break;
            else
                plain.Append(text[i]);
        }
        return plain.ToString().Trim();
    }
}

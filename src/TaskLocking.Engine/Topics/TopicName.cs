using System;
using System.Text;
using TaskLocking.Diagnostics;

namespace TaskLocking.Topics;

/// <summary>
/// The rule for a topic's name: lower case; white space, hyphens and slashes become <c>_</c>; every character but <c>a</c> to <c>z</c>,
/// digits and <c>_</c> is dropped; runs of <c>_</c> collapse and none is left at the ends; at most <see cref="MaxLength"/> characters.
/// A clean name stays what it is.
/// </summary>
public static class TopicName
{
    /// <summary>The most characters of a name. A longer one is cut before the word that does not fit; a single longer word is cut through.</summary>
    public const int MaxLength = 50;

    /// <summary>The cleaned name.</summary>
    /// <param name="text">Free text.</param>
    /// <exception cref="TaskLockingException">InvalidArgument if nothing is left.</exception>
    public static string Clean(string text)
    {
        var name = CleanOrEmpty(text ?? throw new ArgumentNullException(nameof(text)));
        return name.Length > 0 ? name : throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"The topic name '{text}' has no letter from a to z and no digit. Give one that has, for example 'auth flow', which becomes auth_flow.");
    }

    /// <summary>The cleaned name, empty if nothing is left.</summary>
    internal static string CleanOrEmpty(string text)
    {
        var name = new StringBuilder(MaxLength + 2);
        var pendingBreak = false;
        foreach (var character in text)
        {
            if (IsBreak(character))
            {
                pendingBreak = name.Length > 0;
            }
            else if (Keep(character) is var kept && kept != '\0')
            {
                if (pendingBreak)
                    name.Append('_');
                pendingBreak = false;
                name.Append(kept);
            }
            // One more than fits tells whether the word ended there.
            if (name.Length > MaxLength)
                return Cut(name.ToString());
        }
        return name.ToString();
    }

    private static string Cut(string name)
    {
        var end = name.LastIndexOf('_');
        return name[..(end > 0 ? end : MaxLength)];
    }

    private static bool IsBreak(char character) => character is '_' or '-' or '/' or '\\' || char.IsWhiteSpace(character);

    // By hand: the culture's lower case would make letters of characters that are none here (the Kelvin sign a k).
    private static char Keep(char character) => character switch
    {
        >= 'a' and <= 'z' or >= '0' and <= '9' => character,
        >= 'A' and <= 'Z' => (char)(character | 0x20),
        _ => '\0',
    };
}

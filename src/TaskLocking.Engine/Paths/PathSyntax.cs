using System.Text;

namespace TaskLocking.Paths;

/// <summary>
/// The letters of a pattern: <c>*</c> any run of characters within a part, <c>**</c> as a whole part any number of parts, <c>?</c> one
/// character,
/// <c>[ab]</c>, <c>[a-z]</c> and <c>[!a]</c> one of a class, <c>{a,b}</c> one of several. A letter in brackets alone stands for itself, so
/// <c>[[]id].tsx</c> is the file <c>[id].tsx</c>: the form in which a name with such letters is kept.
/// </summary>
internal static class PathSyntax
{
    /// <summary>The part that stands for any number of parts.</summary>
    public const string AnyDepth = "**";

    /// <summary>The letters that a pattern has one of at least.</summary>
    public static readonly char[] Wildcards = ['*', '?', '[', '{'];

    private static readonly char[] SpecialLetters = [.. Wildcards, '!', '('];

    /// <summary>Whether a name, or what a user wrote, could mean more than itself.</summary>
    public static bool IsSpecial(string text) => text.IndexOfAny(SpecialLetters) >= 0;

    /// <summary>Whether a canonical path may name more than one file.</summary>
    public static bool IsPattern(string canonical) =>
        canonical.IndexOfAny(Wildcards) >= 0 && Plain(canonical, out var hasWildcard) is not null && hasWildcard;

    /// <summary>The name as a pattern that means it alone.</summary>
    public static string Escape(string name)
    {
        if (!IsSpecial(name) && name.IndexOf('\\') < 0 && !HasBlankEnd(name))
            return name;
        var escaped = new StringBuilder(name.Length + 8);
        var hasMark = false;
        for (var at = 0; at < name.Length; at++)
        {
            // Behind such a letter a bracket that closes would make a class of both.
            hasMark |= name[at] is '!' or '\\' && HasMeaning(name, at);
            if (HasMeaning(name, at) || (hasMark && name[at] == ']'))
                escaped.Append('[').Append(name[at]).Append(']');
            else
                escaped.Append(name[at]);
        }
        return escaped.ToString();
    }

    /// <summary>A canonical path as people read it: what stands for itself without its brackets.</summary>
    public static string Plain(string canonical) => canonical.IndexOf('[') < 0 ? canonical : Plain(canonical, out _);

    /// <summary>The name that a text means if it means one alone, taking letters in brackets for themselves; null if it is a
    /// pattern.</summary>
    public static string? Literal(string text)
    {
        if (!IsSpecial(text))
            return text;
        var name = Plain(text, out var hasWildcard);
        return hasWildcard || PathSyntaxFault.IsUnknown(text) ? null : name;
    }

    /// <summary>Whether a letter in brackets alone begins at a place.</summary>
    public static bool IsEscape(string text, int at) =>
        at + 2 < text.Length && text[at] == '[' && text[at + 2] == ']'
            && text[at + 1] is '*' or '?' or '[' or ']' or '{' or '\\' or '!' or '+' or '@' or '|' or ' ';

    /// <summary>Whether what begins at a place is a letter in brackets here and the begin of a class to other tools.</summary>
    public static bool IsUnclear(string text, int at)
    {
        if (!IsEscape(text, at) || text[at + 1] is not ('!' or '\\'))
            return false;
        var next = text.IndexOfAny(['[', ']', '/'], at + 3);
        return next >= 0 && text[next] == ']';
    }

    private static string Plain(string text, out bool hasWildcard)
    {
        hasWildcard = false;
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (IsEscape(text, at))
            {
                plain.Append(text[at + 1]);
                at += 2;
                continue;
            }
            hasWildcard |= text[at] is '*' or '?' or '[' or '{';
            plain.Append(text[at]);
        }
        return plain.ToString();
    }

    private static bool HasMeaning(string name, int at) => name[at] switch
    {
        '*' or '?' or '[' or '{' or '\\' or '|' => true,
        ' ' => at == 0 || at == name.Length - 1, // else a request would take it for a slip
        '!' => at == 0 || name[at - 1] == '/' || IsGroup(name, at),
        '+' or '@' => IsGroup(name, at),
        _ => false,
    };

    private static bool HasBlankEnd(string name) => name.Length > 0 && (name[0] == ' ' || name[^1] == ' ');

    private static bool IsGroup(string name, int at) => at + 1 < name.Length && name[at + 1] == '(';
}

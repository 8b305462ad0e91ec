using System;
using System.Text;
using System.Text.RegularExpressions;

namespace TaskLocking.Wire;

/// <summary>
/// A pattern for ids, as PowerShell has it: <c>*</c>, <c>?</c>, <c>[ab]</c>, <c>[a-z]</c>, whatever the case; a backtick before one of
/// these makes it a character as any other.
/// </summary>
internal sealed class NamePattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Regex _regex;

    private NamePattern(string text) => _regex = new Regex(text,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking, Patience);

    /// <summary>Null for what is a plain name.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument for a bracket that is not closed.</exception>
    public static NamePattern? Parse(string text)
    {
        if (text.IndexOfAny(['*', '?', '[']) < 0)
            return null;
        var regex = new StringBuilder("^(?:");
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '`' && i + 1 < text.Length)
                regex.Append(Regex.Escape(text[++i].ToString()));
            else if (text[i] == '[')
                i = AddSet(regex, text, i);
            else
                regex.Append(text[i] switch { '*' => ".*", '?' => ".", var letter => Regex.Escape(letter.ToString()) });
        }
        return new NamePattern(regex.Append(")\\z").ToString());
    }

    public bool Matches(string name) => _regex.IsMatch(name);

    // Ends at the closing bracket; one that comes first belongs to the set.
    private static int AddSet(StringBuilder regex, string text, int open)
    {
        var close = text.IndexOf(']', Math.Min(open + 2, text.Length));
        if (close < 0)
            throw Fault(text);
        regex.Append('[');
        for (var i = open + 1; i < close; i++)
        {
            if (text[i] == '-' && i > open + 1 && i < close - 1)
            {
                if (text[i - 1] > text[i + 1])
                    throw Fault(text);
                regex.Append('-');
            }
            else
            {
                regex.Append($"\\u{(int)text[i]:x4}");
            }
        }
        regex.Append(']');
        return close;
    }

    private static TaskLockingException Fault(string text) => new(RefusalCode.InvalidArgument,
        $"'{text}' is no pattern: '[' begins a set of letters, as in T-[123] or T-[1-9]. For example 'T-*', or an exact id.");
}

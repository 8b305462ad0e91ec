using System;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// A name that may be a pattern, as PowerShell writes them: ignoring case, with a backtick before what stands for itself.
/// </summary>
internal sealed class NamePattern
{
    private readonly string _text;
    private readonly WildcardPattern? _pattern;

    public NamePattern(string text)
    {
        _text = text;
        if (WildcardPattern.ContainsWildcardCharacters(text))
            _pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
        else
            Plain = Unescaped(text);
    }

    /// <summary>The one name that is meant; null for a pattern.</summary>
    public string? Plain { get; }

    /// <exception cref="TaskLockingException">InvalidArgument for a pattern that is none.</exception>
    public bool IsMatch(string name)
    {
        try
        {
            return _pattern?.IsMatch(name) ?? string.Equals(Plain, name, StringComparison.Ordinal);
        }
        catch (WildcardPatternException none)
        {
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{_text}' is no pattern: a bracket is not closed, or empty. A backtick before a letter takes it as it is.", none);
        }
    }

    /// <summary>Without the backticks that <see cref="WildcardPattern.Escape(string)"/> puts in.</summary>
    public static string Unescaped(string text) => text.IndexOf('`') < 0 ? text : WildcardPattern.Unescape(text);
}

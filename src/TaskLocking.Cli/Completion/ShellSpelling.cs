using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Cli.Completion;

/// <summary>How a shell asks and wants to be answered. What a line cannot show is not offered.</summary>
/// <param name="before">The words before the one that is being typed, without the program.</param>
/// <param name="typed">The word so far.</param>
internal abstract class ShellSpelling(IReadOnlyList<string> before, string typed)
{
    public IReadOnlyList<string> Before => before;

    public string Typed => typed;

    /// <param name="shell">The name of the shell.</param>
    /// <param name="order">
    /// For bash the characters that part words there, and the line up to the cursor. For the others each word, the last one behind '=',
    /// since not every shell hands on an empty word.
    /// </param>
    public static ShellSpelling Of(string shell, string[] order)
    {
        if (shell == "bash")
            return new BashSpelling(BashLine.Read(order[1], order[0]));
        IReadOnlyList<string> words = order[..^1];
        return shell == "pwsh" ? new PowerShellSpelling(words, order[^1][1..]) : new ListSpelling(words, order[^1][1..]);
    }

    /// <summary>One line of the answer, null for what the typed word is no beginning of.</summary>
    public string? Spell(string value, string tip) =>
        value.StartsWith(typed, Comparison) && TerminalText.Line(value) == value ? Write(value, Plain(tip)) : null;

    protected virtual StringComparison Comparison => StringComparison.OrdinalIgnoreCase;

    protected abstract string? Write(string value, string tip);

    /// <summary>Letters, digits and what no shell takes for anything.</summary>
    protected static bool IsPlain(string value, string others) => value.All(c => char.IsAsciiLetterOrDigit(c) || others.Contains(c));

    // The first sentence: a list has a line for each.
    private static string Plain(string tip)
    {
        var line = TerminalText.Line(tip);
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        line = end < 0 ? line : line[..(end + 1)];
        return line.Length <= 72 ? line : line[..71] + "…";
    }
}

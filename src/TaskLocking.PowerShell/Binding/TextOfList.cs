using System;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// What stands in a CSV file, or in a text, where somebody wrote a list: the name of its type, and nothing of what was in it.
/// </summary>
internal static class TextOfList
{
    /// <summary>Whether the text is only that.</summary>
    public static bool Is(string text) =>
        text.StartsWith("System.", StringComparison.Ordinal)
        && (text.EndsWith("[]", StringComparison.Ordinal) || text.StartsWith("System.Collections.", StringComparison.Ordinal));

    /// <summary>What to say about it.</summary>
    public static string Fault(string text) =>
        $"'{text}' is what a list becomes in a CSV file or a text: its items are lost. Write it joined, for example "
            + "@{ n = 'Tag'; e = { $_.Tag -join ', ' } }, or pipe the objects themselves.";
}

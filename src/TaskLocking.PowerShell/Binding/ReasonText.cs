using System;

namespace TaskLocking.PowerShell.Binding;

/// <summary>A reason as the store takes it: one line of at most 1,000 characters.</summary>
internal static class ReasonText
{
    private const int Longest = 1000;

    // The text of an exception has lines, and a reason that is not reported for its form would be worse than one cut short.
    public static string OnOneLine(string reason)
    {
        var line = string.Join(" ", reason.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)).Trim();
        if (line.Length <= Longest)
            return line;
        const int Kept = Longest - 1;
        return line.Remove(char.IsHighSurrogate(line[Kept - 1]) ? Kept - 1 : Kept) + "…";
    }
}

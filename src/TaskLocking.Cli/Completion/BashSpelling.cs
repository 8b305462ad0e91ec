using System;
using System.Linq;

namespace TaskLocking.Cli.Completion;

/// <summary>
/// bash: what takes the place of the typed word's last part. Readline parts words at ':' and '=' as well, and puts back what stands before;
/// within quotes it takes what comes as it is.
/// </summary>
internal sealed class BashSpelling(BashLine line) : ShellSpelling(line.Before, line.Typed)
{
    protected override StringComparison Comparison => StringComparison.Ordinal;

    protected override string? Write(string value, string tip)
    {
        var rest = value[line.Kept..];
        return line.Quote switch
        {
            '\'' => rest.Contains('\'') ? null : rest,
            '"' => string.Concat(rest.Select(c => c is '"' or '$' or '`' or '\\' ? $"\\{c}" : $"{c}")),
            _ => string.Concat(rest.Select(c => c > 127 || IsPlain($"{c}", "-_./:=@%+,") ? $"{c}" : $"\\{c}")),
        };
    }
}

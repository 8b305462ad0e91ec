using System.Collections.Generic;

namespace TaskLocking.Cli.Completion;

/// <summary>PowerShell: the value in single quotes where it would mean something else without, a tab, the remark.</summary>
internal sealed class PowerShellSpelling(IReadOnlyList<string> before, string typed) : ShellSpelling(before, typed)
{
    protected override string Write(string value, string tip) =>
        $"{(IsPlain(value, "-_./:=") ? value : "'" + value.Replace("'", "''") + "'")}\t{tip}";
}

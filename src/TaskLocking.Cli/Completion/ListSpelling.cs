using System.Collections.Generic;

namespace TaskLocking.Cli.Completion;

/// <summary>fish and zsh: the value as it is, a tab, the remark; they quote by themselves.</summary>
internal sealed class ListSpelling(IReadOnlyList<string> before, string typed) : ShellSpelling(before, typed)
{
    protected override string Write(string value, string tip) => $"{value}\t{tip}";
}

using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes the ids of tasks.</summary>
public sealed class TaskIdCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters) =>
        CurrentBoard.Open(boundParameters).GetTasks().Select(t => (t.Id, $"{t.StatusText}: {(t.Name.Length > 0 ? t.Name : t.Id)}"));
}

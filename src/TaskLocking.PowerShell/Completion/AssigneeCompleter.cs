using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes the names of those who have tasks.</summary>
public sealed class AssigneeCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters) =>
        CurrentBoard.Open(boundParameters).GetWorkload().Select(w => (w.Name, $"{w.Type}: {w.Open} open of {w.Total}"));
}

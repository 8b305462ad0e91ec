using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes the names of registered agents and of those who have tasks.</summary>
public sealed class AgentCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters)
    {
        var board = CurrentBoard.Open(boundParameters);
        var registered = board.GetAgents().Select(a => (a.Name, $"{a.Type}: {string.Join(", ", a.Capabilities)}"));
        var known = new HashSet<string>(board.GetAgents().Select(a => a.Name), StringComparer.Ordinal);
        return registered.Concat(board.GetWorkload().Where(w => known.Add(w.Name))
            .Select(w => (w.Name, $"{w.Type}: {w.Open} open of {w.Total}")));
    }
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes the names of swarms.</summary>
public sealed class SwarmCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters) =>
        CurrentBoard.Open(boundParameters).GetTasks()
            .Where(t => !string.IsNullOrEmpty(t.Swarm))
            .GroupBy(t => t.Swarm!, StringComparer.Ordinal)
            .Select(g => (g.Key, $"{g.Count()} tasks"));
}

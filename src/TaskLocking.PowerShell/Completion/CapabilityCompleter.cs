using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes what agents can do and what tasks require.</summary>
public sealed class CapabilityCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters)
    {
        var board = CurrentBoard.Open(boundParameters);
        var able = board.GetAgents().SelectMany(agent => agent.Capabilities.Select(each => (Name: each, Tip: "of " + agent.Name)));
        var required = board.GetTasks().SelectMany(task => task.Requires.Select(each => (Name: each, Tip: "for " + task.Id)));
        return able.Concat(required).GroupBy(each => each.Name, StringComparer.Ordinal)
            .Select(group => (group.Key, string.Join(", ", group.Take(5).Select(each => each.Tip))));
    }
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes the tags that tasks have.</summary>
public sealed class TagCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters) =>
        CurrentBoard.Open(boundParameters).GetTasks().SelectMany(task => task.Tags).GroupBy(tag => tag, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Count() == 1 ? "1 task" : $"{group.Count()} tasks"));
}

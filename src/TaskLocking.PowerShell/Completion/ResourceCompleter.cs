using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes the names of resources that somebody holds.</summary>
public sealed class ResourceCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters) =>
        CurrentBoard.Open(boundParameters).GetResources().GroupBy(use => use.Name, StringComparer.Ordinal)
            .Select(uses => (uses.Key, $"held by {uses.Count()}, limit {uses.Min(use => use.Limit)}"));
}

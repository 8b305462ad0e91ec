using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.PowerShell.Completion;

/// <summary>Completes the resources, or the holders, of which something was counted.</summary>
public sealed class MetricCompleter : ValueCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Values(IDictionary boundParameters)
    {
        var metrics = CurrentBoard.Open(boundParameters).GetMetrics();
        return (Parameter == "Holder" ? metrics.Holders : metrics.Resources)
            .Select(metric => (metric.Name, $"{metric.Waits.Count} waits, {metric.Conflicts} conflicts"));
    }
}

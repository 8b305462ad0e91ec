using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// Tells how much waiting and conflict there was, over all processes: all together, by resource or by holder; takes no lock.
/// </summary>
[Cmdlet(VerbsCommon.Get, "TaskLockMetric", DefaultParameterSetName = TotalSet)]
[OutputType(typeof(LockMetrics), ParameterSetName = [TotalSet])]
[OutputType(typeof(LockMetric), ParameterSetName = [ResourceSet, HolderSet])]
public sealed class GetTaskLockMetricCommand : WorkspaceCommand
{
    private const string TotalSet = "Total";
    private const string ResourceSet = "Resource";
    private const string HolderSet = "Holder";

    /// <summary>Resources, wildcards permitted: "state", "task:ID", "file:PATH".</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ResourceSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MetricCompleter))]
    [Given]
    public string[] Resource { get; set; } = [];

    /// <summary>Holders, wildcards permitted: agents, else who makes changes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HolderSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MetricCompleter))]
    [Given]
    public string[] Holder { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!IsFirstOfWorkspace())
            return;
        var metrics = Board.GetMetrics();
        if (Resource.Length > 0)
            WriteObject(Named(metrics.Resources, Resource), enumerateCollection: true);
        else if (Holder.Length > 0)
            WriteObject(Named(metrics.Holders, Holder), enumerateCollection: true);
        else
            WriteObject(metrics);
    }

    // Longest waits first, as they come; an exact name is found whatever characters it has.
    private static IEnumerable<LockMetric> Named(IEnumerable<LockMetric> metrics, string[] names)
    {
        var patterns = Array.ConvertAll(names, name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase));
        return metrics.Where(metric => names.Contains(metric.Name, StringComparer.Ordinal)
            || patterns.Any(pattern => pattern.IsMatch(metric.Name)));
    }
}

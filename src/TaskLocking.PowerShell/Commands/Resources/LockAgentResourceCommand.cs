using System;
using System.Collections.Generic;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// Holds a place at resources, of which each is nothing but a name that all agree on: no more than a limit hold one at once. Gives one
/// handle for all of the pipeline's resources, or runs a block meanwhile.
/// </summary>
[Cmdlet(VerbsCommon.Lock, "AgentResource", SupportsShouldProcess = true, DefaultParameterSetName = HandleSet)]
[OutputType(typeof(TaskHold), ParameterSetName = [HandleSet])]
[OutputType(typeof(object), ParameterSetName = [BlockSet])]
public sealed class LockAgentResourceCommand : HoldCommand<ResourceLimit>
{
    /// <summary>The resources.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Resource")]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [Given]
    public string[] Name { get; set; } = [];

    /// <summary>How many may hold each of them at once. Left out: 1, nobody else.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, ResourceLimit.MostHolders)]
    public int Limit { get; set; } = 1;

    private protected override string What => "resource";

    /// <inheritdoc/>
    protected override void Process() => Wanted.AddRange(Board, Array.ConvertAll(Name, name => new ResourceLimit(name, Limit)));

    private protected override TaskHold Hold(TaskBoard board, IReadOnlyList<ResourceLimit> items) =>
        board.HoldResources(items, [], Options, StopToken);

    private protected override void Foretell(TaskBoard board, IReadOnlyList<ResourceLimit> items)
    {
        foreach (var refusal in ResourceLimit.FaultsOf(items))
            WriteRefusal(refusal, refusal.Resource);
    }
}

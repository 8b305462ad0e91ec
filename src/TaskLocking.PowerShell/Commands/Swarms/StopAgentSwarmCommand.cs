using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Cancels what of a swarm is not done, and what waits for it, in one commit; with -WhatIf it tells what that would be.</summary>
[Cmdlet(VerbsLifecycle.Stop, "AgentSwarm", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(SwarmOutcome))]
public sealed class StopAgentSwarmCommand : CommitCommand
{
    private readonly Batches<string> _swarms = new();

    /// <summary>The swarms, each a commit of its own.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string[] Swarm { get; set; } = [];

    /// <summary>Also what somebody works on: his claim is lost.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var swarm in Swarm)
        {
            if (IsToDo(swarm, "Cancel swarm"))
                _swarms.Add(Board, swarm);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var swarms in Each(_swarms))
            swarms.ForEach(swarm => Write(Board.CancelSwarm(swarm, Force, Commit, StopToken), passThru: true, isPreview: IsWhatIf));
    }
}

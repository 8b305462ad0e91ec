using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Has the tasks of swarms be given out no longer; what is in progress goes on.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "AgentSwarm", SupportsShouldProcess = true)]
[OutputType(typeof(SwarmOutcome))]
public sealed class SuspendAgentSwarmCommand : CommitCommand
{
    private readonly Batches<string> _swarms = new();

    /// <summary>The swarms.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string[] Swarm { get; set; } = [];

    /// <summary>Why, in a line.</summary>
    [Parameter]
    [Given]
    public string? Reason { get; set; }

    /// <summary>Write what became of them.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _swarms.AddRange(Board, Swarm.Where(swarm => IsToDo(swarm, "Pause swarm")).ToList());

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_swarms).Where(items => items.Count > 0).SelectMany(Pause))
            Write(outcome, PassThru);
    }

    private IReadOnlyList<SwarmOutcome> Pause(List<string> swarms) =>
        Board.PauseSwarms(swarms, Reason is null ? null : ReasonText.OnOneLine(Reason), Commit, StopToken);
}

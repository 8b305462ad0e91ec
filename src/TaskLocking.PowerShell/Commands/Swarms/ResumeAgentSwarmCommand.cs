using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Has the tasks of paused swarms be given out again.</summary>
[Cmdlet(VerbsLifecycle.Resume, "AgentSwarm", SupportsShouldProcess = true)]
[OutputType(typeof(SwarmOutcome))]
public sealed class ResumeAgentSwarmCommand : CommitCommand
{
    private readonly Batches<string> _swarms = new();

    /// <summary>The swarms.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string[] Swarm { get; set; } = [];

    /// <summary>Write what became of them.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() => _swarms.AddRange(Board, Swarm.Where(swarm => IsToDo(swarm, "Resume swarm")).ToList());

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_swarms).Where(items => items.Count > 0)
            .SelectMany(items => Board.ResumeSwarms(items, Commit, StopToken)))
            Write(outcome, PassThru);
    }
}

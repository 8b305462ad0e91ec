using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Takes agents out; refused while they have claims, unless forced.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "Agent", SupportsShouldProcess = true)]
[OutputType(typeof(AgentProfile))]
public sealed class UnregisterAgentCommand : CommitCommand
{
    private readonly Batches<AgentRemoval> _removals = new();

    /// <summary>The agents.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Agent")]
    [ArgumentCompleter(typeof(AgentCompleter))]
    [Given]
    public string[] Name { get; set; } = [];

    /// <summary>Although they have claims: their tasks go back to the queue, their file leases are freed.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Which of two of one name: the person, or the agent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateSet("agent", "human", "host")]
    [EmptyAsNull]
    public string? Type { get; set; }

    /// <summary>Write the agents as they were registered.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name)
        {
            if (IsToDo(name, "Unregister agent"))
                _removals.Add(Board, new AgentRemoval(name, Force) { Type = Type?.ToLowerInvariant() });
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_removals).SelectMany(items => Board.UnregisterAgents(items, Commit, StopToken)))
            Write(outcome, PassThru);
    }
}

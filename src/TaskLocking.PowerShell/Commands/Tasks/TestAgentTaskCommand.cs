using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// Tells whether tasks could be taken now, by an agent or by anybody, and everything that stands in the way; takes no lock.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "AgentTask")]
[OutputType(typeof(Readiness), typeof(bool))]
public sealed class TestAgentTaskCommand : WorkspaceCommand
{
    /// <summary>The tasks, wildcards permitted.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>For this agent. Left out: <c>TASKLOCKING_AGENT</c>; an empty name, or neither: for anybody, whatever it can do.</summary>
    [Parameter]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(AgentCompleter))]
    public string? Agent { get; set; }

    /// <summary>What the agent can do, beside what it is registered for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    [Given]
    public string[] Capability { get; set; } = [];

    /// <summary>Write true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var query = new ReadyQuery { Agent = CallingAgent.Find(Agent), Capabilities = Capability };
        foreach (var task in TaskSelection.Select(Board, Id, new TaskFilter(), id => WriteRefusal(TaskSelection.NotFound(id), id)))
        {
            StopToken.ThrowIfCancellationRequested();
            var readiness = Board.Explain(task.Id, query);
            WriteObject(Quiet ? readiness.IsReady : readiness);
        }
    }
}

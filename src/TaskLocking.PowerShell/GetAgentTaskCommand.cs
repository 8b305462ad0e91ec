using System.Management.Automation;
using TaskLocking.PowerShell.Completion;
using TaskLocking.Tasks;

namespace TaskLocking.PowerShell;

/// <summary>Lists tasks; takes no lock. An exact id wins over a wildcard.</summary>
[Cmdlet(VerbsCommon.Get, "AgentTask", DefaultParameterSetName = "All")]
[OutputType(typeof(AgentTask))]
public sealed class GetAgentTaskCommand : WorkspaceCommand
{
    /// <summary>The ids, wildcards permitted; all tasks when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    public string[]? Id { get; set; }

    /// <summary>Only tasks in one of these statuses.</summary>
    [Parameter]
    public AgentTaskStatus[] Status { get; set; } = [];

    /// <summary>Only tasks of this assignee: a name or "type:name", wildcards permitted.</summary>
    [Parameter(ParameterSetName = "Assignee")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AssigneeCompleter))]
    public string? Assignee { get; set; }

    /// <summary>Only tasks that nobody has.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Unassigned")]
    public SwitchParameter Unassigned { get; set; }

    /// <summary>Only tasks of this swarm, wildcards permitted.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    public string? Swarm { get; set; }

    /// <summary>Only tasks with all of these tags.</summary>
    [Parameter]
    public string[] Tag { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        var filter = new TaskFilter(Status, Unassigned ? false : null, Assignee, Swarm, Tag);
        foreach (var task in TaskSelection.Select(Board, Id, filter, id => WriteRefusal(TaskSelection.NotFound(id), id)))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(task);
        }
    }
}

using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Tells who has which tasks, which nobody has, or how much everybody has; takes no lock.</summary>
[Cmdlet(VerbsCommon.Get, "TaskAssignment", DefaultParameterSetName = AssignedSet)]
[OutputType(typeof(TaskAssignment), ParameterSetName = [AssignedSet, UnassignedSet])]
[OutputType(typeof(AssigneeWorkload), ParameterSetName = [WorkloadSet])]
public sealed class GetTaskAssignmentCommand : WorkspaceCommand
{
    private const string AssignedSet = "Assigned";
    private const string UnassignedSet = "Unassigned";
    private const string WorkloadSet = "Workload";

    /// <summary>The tasks, wildcards permitted; all when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = AssignedSet)]
    [Alias("TaskId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId(LeavesOthers = true)]
    [Given]
    public string[]? Id { get; set; }

    /// <summary>Only what this assignee has: a name or "type:name", wildcards permitted.</summary>
    [Parameter(ParameterSetName = AssignedSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AssigneeCompleter))]
    [Given]
    public string? Assignee { get; set; }

    /// <summary>An agent from the pipeline: only what it has.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = AssignedSet)]
    public AgentProfile? InputObject { get; set; }

    /// <summary>Only the tasks that nobody has.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UnassignedSet)]
    public SwitchParameter Unassigned { get; set; }

    /// <summary>How many tasks each assignee has, most open ones first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WorkloadSet)]
    public SwitchParameter Workload { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Workload)
        {
            WriteObject(Board.GetWorkload(), enumerateCollection: true);
            return;
        }
        var owner = Assignee ?? (InputObject is { } agent ? WildcardPattern.Escape($"{agent.Type}:{agent.Name}") : null);
        var filter = new TaskFilter(isAssigned: !Unassigned, assignee: owner);
        foreach (var task in TaskSelection.Select(Board, Id, filter, id => WriteRefusal(TaskSelection.NotFound(id), id)))
            WriteObject(TaskAssignment.Of(task));
    }
}

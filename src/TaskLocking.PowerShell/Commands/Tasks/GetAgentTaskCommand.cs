using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Lists tasks; takes no lock. An exact id wins over a wildcard.</summary>
[Cmdlet(VerbsCommon.Get, "AgentTask", DefaultParameterSetName = AllSet)]
[OutputType(typeof(AgentTask))]
public sealed class GetAgentTaskCommand : WorkspaceCommand
{
    private const string AllSet = "All";
    private const string AssigneeSet = "Assignee";
    private const string UnassignedSet = "Unassigned";
    private const string ReadySet = "Ready";

    /// <summary>The ids, wildcards permitted; all tasks when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[]? Id { get; set; }

    /// <summary>Only tasks in one of these statuses.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = AssigneeSet)]
    [Parameter(ParameterSetName = UnassignedSet)]
    [Given]
    [Status]
    public AgentTaskStatus[] Status { get; set; } = [];

    /// <summary>Only tasks of this assignee: a name or "type:name", wildcards permitted.</summary>
    [Parameter(ParameterSetName = AssigneeSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AssigneeCompleter))]
    [Given]
    public string? Assignee { get; set; }

    /// <summary>Only tasks that nobody has.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UnassignedSet)]
    public SwitchParameter Unassigned { get; set; }

    /// <summary>Those in the archive instead, in the order in which they were archived.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = AssigneeSet)]
    public SwitchParameter Archived { get; set; }

    /// <summary>Only tasks that could be taken now, by priority, then age.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ReadySet)]
    public SwitchParameter Ready { get; set; }

    /// <summary>
    /// Ready for this agent. Left out: <c>TASKLOCKING_AGENT</c>; an empty name, or neither: for anybody, whatever it can do.
    /// </summary>
    [Parameter(ParameterSetName = ReadySet)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(AgentCompleter))]
    public string? Agent { get; set; }

    /// <summary>What the agent can do, beside what it is registered for.</summary>
    [Parameter(ParameterSetName = ReadySet)]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    [Given]
    public string[] Capability { get; set; } = [];

    /// <summary>Only tasks of this swarm, wildcards permitted.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string? Swarm { get; set; }

    /// <summary>Only the children of this task; none: those that are nobody's child.</summary>
    [Parameter(ParameterSetName = AllSet)]
    [Parameter(ParameterSetName = AssigneeSet)]
    [Parameter(ParameterSetName = UnassignedSet)]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [Given]
    public string? Parent { get; set; }

    /// <summary>Only tasks with all of these tags, wildcards permitted.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TagCompleter))]
    [Given]
    public string[] Tag { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        var filter = new TaskFilter(Status, Unassigned ? false : null, Assignee, Swarm, Tag, Parent);
        WarnOfUnknown(filter.Query.Swarm);
        foreach (var task in Ready ? ReadyTasks(filter) : Archived ? ArchivedTasks(filter) : Select(filter))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(task);
        }
    }

    private IEnumerable<AgentTask> Select(TaskFilter filter) =>
        TaskSelection.Select(Board, Id, filter, id => WriteRefusal(TaskSelection.NotFound(id), id), withArchived: true);

    private IEnumerable<AgentTask> ArchivedTasks(TaskFilter filter)
    {
        var patterns = Id is null ? null : Array.ConvertAll(Id, id => new NamePattern(id));
        return Board.GetArchivedTasks(filter.Query).Where(task => filter.Matches(task)
            && (patterns is null || Array.Exists(patterns, pattern => pattern.IsMatch(task.Id))));
    }

    // In the queue's order, which is not that of the ids.
    private IEnumerable<AgentTask> ReadyTasks(TaskFilter filter)
    {
        var wanted = Id is null ? null : new HashSet<string>(StringComparer.Ordinal);
        foreach (var task in Id is null ? [] : Select(filter))
            wanted!.Add(task.Id);
        var query = new ReadyQuery
        {
            Agent = CallingAgent.Find(Agent),
            Capabilities = Capability,
            Swarm = filter.Query.Swarm,
            Tags = filter.Query.Tags,
        };
        foreach (var task in Board.GetReady(query))
        {
            if (filter.Matches(task) && wanted?.Contains(task.Id) != false)
                yield return task;
        }
    }
}

using System;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Finds tasks by words of their texts, or by how long nobody has changed them; takes no lock.</summary>
[Cmdlet(VerbsCommon.Find, "AgentTask", DefaultParameterSetName = WordsSet)]
[OutputType(typeof(AgentTask))]
public sealed class FindAgentTaskCommand : WorkspaceCommand
{
    private const string WordsSet = "Words";
    private const string StaleSet = "Stale";

    /// <summary>Words or phrases; all of them occur, in any case.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = WordsSet)]
    [Parameter(Position = 0, ParameterSetName = StaleSet)]
    [Given]
    public string[] Text { get; set; } = [];

    /// <summary>Only tasks that nobody has changed for so long.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StaleSet)]
    [Duration]
    public TimeSpan? UnchangedFor { get; set; }

    /// <summary>Only tasks in one of these statuses.</summary>
    [Parameter]
    [Given]
    [Status]
    public AgentTaskStatus[] Status { get; set; } = [];

    /// <summary>Only tasks of this assignee: a name or "type:name", wildcards permitted.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AssigneeCompleter))]
    [Given]
    public string? Assignee { get; set; }

    /// <summary>Only tasks of this swarm, wildcards permitted.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string? Swarm { get; set; }

    /// <summary>Only tasks with all of these tags, wildcards permitted.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TagCompleter))]
    [Given]
    public string[] Tag { get; set; } = [];

    /// <inheritdoc/>
    protected override void End()
    {
        var filter = new TaskFilter(Status, assignee: Assignee, swarm: Swarm, tags: Tag);
        var query = filter.Query with { Words = Text, UnchangedFor = UnchangedFor };
        foreach (var task in Board.GetTasks(query).Where(filter.Matches))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(task);
        }
    }
}

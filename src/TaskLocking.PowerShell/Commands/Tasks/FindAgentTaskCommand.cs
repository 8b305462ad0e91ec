using System;
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
    [ValidateNotNullOrEmpty]
    public string[] Text { get; set; } = [];

    /// <summary>Only tasks that nobody has changed for so long.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StaleSet)]
    [Duration]
    public TimeSpan? UnchangedFor { get; set; }

    /// <summary>Only tasks in one of these statuses.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public AgentTaskStatus[] Status { get; set; } = [];

    /// <summary>Only tasks of this assignee: a name or "type:name".</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AssigneeCompleter))]
    public string? Assignee { get; set; }

    /// <summary>Only tasks of this swarm.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    public string? Swarm { get; set; }

    /// <summary>Only tasks with all of these tags.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Tag { get; set; } = [];

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var task in Board.GetTasks(new TaskQuery
        {
            Words = Text,
            Statuses = Status,
            Assignee = Assignee,
            Swarm = Swarm,
            Tags = Tag,
            UnchangedFor = UnchangedFor,
        }))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteObject(task);
        }
    }
}

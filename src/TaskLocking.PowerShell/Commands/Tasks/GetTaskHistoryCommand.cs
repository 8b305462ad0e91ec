using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Tells what changed on a task and what was noted there, when and by whom, oldest first; takes no lock.</summary>
[Cmdlet(VerbsCommon.Get, "TaskHistory")]
[OutputType(typeof(TaskHistoryEntry))]
public sealed class GetTaskHistoryCommand : WorkspaceCommand
{
    /// <summary>The tasks, wildcards permitted.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        var everything = new TaskFilter();
        foreach (var task in TaskSelection.Select(Board, Id, everything, id => WriteRefusal(TaskSelection.NotFound(id), id),
            withArchived: true))
            WriteObject(Board.GetHistory(task.Id), enumerateCollection: true);
    }
}

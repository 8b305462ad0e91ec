using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// Holds tasks: others' changes to them wait. Gives one handle for all of the pipeline's tasks, or runs a block under the lock.
/// </summary>
[Cmdlet(VerbsCommon.Lock, "AgentTask", SupportsShouldProcess = true, DefaultParameterSetName = HandleSet)]
[OutputType(typeof(TaskHold), ParameterSetName = [HandleSet])]
[OutputType(typeof(object), ParameterSetName = [BlockSet])]
public sealed class LockAgentTaskCommand : HoldCommand<string>
{
    /// <summary>The tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    private protected override string What => "task";

    /// <inheritdoc/>
    protected override void Process() => Wanted.AddRange(Board, Id);

    private protected override TaskHold Hold(TaskBoard board, IReadOnlyList<string> items) => board.Hold(items, Options, StopToken);

    private protected override void Foretell(TaskBoard board, IReadOnlyList<string> items)
    {
        foreach (var id in items.Where(id => board.FindTask(id) is null))
            WriteRefusal(TaskSelection.NotFound(id), id);
    }
}

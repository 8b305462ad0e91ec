using System.Collections.Generic;
using System.Management.Automation;

namespace TaskLocking.PowerShell;

/// <summary>Makes tasks wait for others; a circle is refused with its ids.</summary>
[Cmdlet(VerbsCommon.Add, "TaskDependency", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class AddTaskDependencyCommand : DependencyCommand
{
    /// <inheritdoc/>
    private protected override string Action => "Wait for";

    /// <inheritdoc/>
    private protected override IReadOnlyList<TaskOutcome> Transact(IReadOnlyList<DependencyEdit> edits) =>
        Board.AddDependencies(edits, Commit, StopToken);
}

using System.Collections.Generic;
using System.Management.Automation;

namespace TaskLocking.PowerShell;

/// <summary>Lets tasks no longer wait for others; a dependency that is not there is no error.</summary>
[Cmdlet(VerbsCommon.Remove, "TaskDependency", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class RemoveTaskDependencyCommand : DependencyCommand
{
    /// <inheritdoc/>
    private protected override string Action => "No longer wait for";

    /// <inheritdoc/>
    private protected override IReadOnlyList<TaskOutcome> Transact(IReadOnlyList<DependencyEdit> edits) =>
        Board.RemoveDependencies(edits, Commit, StopToken);
}

using System.Management.Automation;

namespace TaskLocking.PowerShell;

/// <summary>Tells when the last nightly run was, by whom, and what it did; nothing where none was. Takes no lock.</summary>
[Cmdlet(VerbsCommon.Get, "TaskAssignmentRun")]
[OutputType(typeof(AssignmentRunRecord))]
public sealed class GetTaskAssignmentRunCommand : WorkspaceCommand
{
    /// <inheritdoc/>
    protected override void Process()
    {
        if (Board.GetLastRun() is { } run)
            WriteObject(run);
        else
            WriteVerbose($"No nightly run has left a record in {Board.Workspace}.");
    }
}

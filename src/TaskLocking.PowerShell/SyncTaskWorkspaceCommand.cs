using System.Management.Automation;
using TaskLocking.Storage;

namespace TaskLocking.PowerShell;

/// <summary>Brings the Todo2 document up to date and takes over what others wrote into it.</summary>
[Cmdlet(VerbsData.Sync, "TaskWorkspace", SupportsShouldProcess = true)]
[OutputType(typeof(SyncReport))]
public sealed class SyncTaskWorkspaceCommand : CommitCommand
{
    /// <inheritdoc/>
    protected override void End()
    {
        if (ShouldProcess(WorkspaceFolder(), "Synchronise task workspace"))
            WriteObject(Board.Sync(Commit, StopToken));
    }
}

using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Sessions;

namespace TaskLocking.PowerShell;

/// <summary>Brings the Todo2 document up to date and takes over what others wrote into it.</summary>
[Cmdlet(VerbsData.Sync, "TaskWorkspace", SupportsShouldProcess = true)]
[OutputType(typeof(SyncReport), typeof(MergeReport))]
public sealed class SyncTaskWorkspaceCommand : CommitCommand
{
    /// <summary>Instead bring the tasks of this workspace into that one, by their ids; nothing of either is dropped.</summary>
    [Parameter]
    [Given]
    public string? Into { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!IsFirstOfWorkspace())
            return;
        if (Into is not null)
        {
            var into = WorkspacePath.Locate(SessionPath.Literal(this, Into), () => SessionPath.Location(this));
            if (ShouldProcess(into.Address ?? into.Folder, "Take over the tasks of " + WorkspaceFolder()))
                WriteObject(BoardMerge.Run(Board, ShellSession.Current.Board(into), Commit, StopToken));
        }
        else if (ShouldProcess(WorkspaceFolder(), "Synchronise task workspace"))
            WriteObject(Board.Sync(Commit, StopToken));
    }
}

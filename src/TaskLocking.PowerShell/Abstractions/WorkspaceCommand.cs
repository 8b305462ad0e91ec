using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Sessions;

namespace TaskLocking.PowerShell;

/// <summary>A cmdlet that works on the tasks of a workspace.</summary>
public abstract class WorkspaceCommand : TaskLockingCommand
{
    private TaskBoard? _board;

    /// <summary>
    /// The folder that has <c>.todo2</c>. Left out: <c>TASKLOCKING_WORKSPACE</c>; in a linked worktree of git the main worktree's; else the
    /// nearest folder upward that has one, but none above the repository; else the top of the repository, or the session's location.
    /// </summary>
    [Parameter]
    [Given]
    public string? Workspace { get; set; }

    private protected TaskBoard Board => _board ??= ShellSession.Current.Board(WorkspaceFolder());

    /// <inheritdoc/>
    private protected override void Warn()
    {
        if (_board is null)
            return;
        foreach (var notice in _board.TakeNotices())
            WriteWarning(notice.Message);
    }

    private protected string WorkspaceFolder()
    {
        var place = WorkspacePath.Locate(Workspace is null ? null : SessionPath.Literal(this, Workspace), () => SessionPath.Location(this));
        WriteVerbose(place.ToString());
        return place.Folder;
    }
}

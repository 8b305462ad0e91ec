using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Sessions;
using TaskLocking.Wire;
using TaskLocking.Workspaces;

namespace TaskLocking.PowerShell;

/// <summary>
/// A cmdlet that works on the tasks of a workspace. What it writes tells the workspace, and what is piped is done where it comes from:
/// <see cref="Board"/> is that of the record at hand.
/// </summary>
public abstract class WorkspaceCommand : TaskLockingCommand
{
    private readonly List<TaskBoard> _boards = [];
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private TaskBoard? _board;
    private string? _boardFolder;
    private string? _folder;
    private string? _named;

    /// <summary>
    /// The folder that has <c>.todo2</c>, or <c>postgres://user@host/database/board</c>. Left out: <c>TASKLOCKING_WORKSPACE</c>; in a
    /// linked worktree of git the main worktree's; else the nearest folder upward that has one, but none above the repository; else the
    /// top of the repository, or the session's location.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Given]
    public virtual string? Workspace { get; set; }

    private protected TaskBoard Board => _board ??= ShellSession.Current.Board(FindPlace());

    /// <inheritdoc/>
    private protected override void Warn()
    {
        foreach (var board in _boards)
        {
            foreach (var notice in board.TakeNotices())
                WriteWarning(notice.Message);
        }
    }

    private void Have(TaskBoard board, string folder)
    {
        (_board, _boardFolder) = (board, folder);
        if (!_boards.Contains(board))
            _boards.Add(board);
    }

    private protected string WorkspaceFolder() => FindPlace().Folder;

    private protected WorkspacePlace FindPlace()
    {
        if (_folder is not null && string.Equals(_named, Workspace, StringComparison.Ordinal))
            return _folder;
        var place = WorkspacePath.Locate(Workspace is null ? null : SessionPath.Literal(this, Workspace), () => SessionPath.Location(this));
        WriteVerbose(place.ToString());
        return place;
    }
}

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
    private readonly Dictionary<TaskBoard, WorkspacePlace> _boards = [];
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private TaskBoard? _board;
    private string? _boardOf;
    private WorkspacePlace? _place;
    private string? _named;

    /// <summary>
    /// The folder that has <c>.todo2</c>, or <c>postgres://user@host/database/board</c>; what is piped brings its own. Left out:
    /// <c>TASKLOCKING_WORKSPACE</c>; in a linked worktree of git the main worktree's; else the nearest folder upward that has one, but none
    /// above the repository; else the top of the repository, or the session's location.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Given]
    public virtual string? Workspace { get; set; }

    private protected TaskBoard Board
    {
        get
        {
            var place = FindPlace();
            if (_board is null || !string.Equals(_boardOf, Name(place), StringComparison.Ordinal))
                Have(ShellSession.Current.Board(place), place);
            return _board!;
        }
    }

    /// <summary>The batches one after the other; <see cref="Board"/> is that of the one at hand.</summary>
    private protected IEnumerable<List<T>> Each<T>(Batches<T> batches)
    {
        foreach (var batch in batches)
        {
            Use(batch.Board);
            Begin(batch.Agent);
            yield return batch.Items;
        }
    }

    /// <summary>Goes over to another board.</summary>
    private protected void Use(TaskBoard board)
    {
        _place = _boards[board];
        Have(board, _place);
        _named = Workspace = _boardOf;
    }

    /// <summary>Tells who acts from now on; null: whom the command names.</summary>
    private protected virtual void Begin(string? agent)
    {
    }

    /// <summary>Whether the workspace of the record at hand is a new one, for what is done once in each.</summary>
    private protected bool IsFirstOfWorkspace() => _met.Add(Name(FindPlace()));

    /// <summary>Tells that no task is of a swarm, which else would look as if there was nothing left to do.</summary>
    private protected void WarnOfUnknown(string? swarm)
    {
        if (swarm is null || !_warned.Add(swarm) || Board.GetTasks(new TaskQuery { Swarm = swarm }).Count > 0)
            return;
        var swarms = Board.GetTasks().Where(task => task.Swarm is not null).Select(task => task.Swarm!).Distinct(StringComparer.Ordinal);
        WriteWarning($"No task is of the swarm {swarm}{NearestWord.Hint(swarm, swarms)}");
    }

    /// <inheritdoc/>
    private protected override Refusal Hinted(Refusal refusal)
    {
        var hint = refusal switch
        {
            { Code: RefusalCode.TaskNotFound, TaskId: { } id } => NearestWord.Hint(id, Board.GetTasks().Select(task => task.Id)),
            { Code: RefusalCode.AgentNotFound, Agent: { } agent } => NearestWord.Hint(agent, Board.GetAgents().Select(each => each.Name)),
            _ => "",
        };
        // Of several that are refused, each tells which one it is.
        var about = refusal.TaskId is { Length: > 0 } named
            && refusal.Message.IndexOf(TerminalText.Line(named), StringComparison.Ordinal) < 0 ? $" ({named})" : "";
        return hint.Length + about.Length == 0 ? refusal : refusal.Saying(refusal.Message + hint + about);
    }

    /// <inheritdoc/>
    private protected override object? Own(object? value) => value is BoardObject own && _place is not null ? own.In(Name(_place)) : value;

    /// <inheritdoc/>
    private protected override void Warn()
    {
        foreach (var board in _boards.Keys)
        {
            foreach (var notice in board.TakeNotices())
                WriteWarning(notice.Message);
        }
    }

    private void Have(TaskBoard board, WorkspacePlace place)
    {
        (_board, _boardOf) = (board, Name(place));
        _boards[board] = place;
    }

    // By which one names it, here and in what is written.
    private static string Name(WorkspacePlace place) => place.Address ?? place.Folder;

    private protected string WorkspaceFolder() => FindPlace().Folder;

    private protected WorkspacePlace FindPlace()
    {
        if (_place is not null && string.Equals(_named, Workspace, StringComparison.Ordinal))
            return _place;
        var place = WorkspacePath.Locate(Workspace is null ? null : SessionPath.Literal(this, Workspace), () => SessionPath.Location(this));
        WriteVerbose(place.ToString());
        _named = Workspace;
        return _place = place;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.CrashStates.Disk;
using TaskLocking.SelfTest;
using TaskLocking.Workspaces;

namespace TaskLocking.CrashStates.Checks;

/// <summary>
/// Opens a state with the product, as the first command after the machine has started again: what was acknowledged is there, nothing is
/// told that is not so, the store takes another commit, above every version that was told, and its own tests find nothing.
/// </summary>
internal sealed class StoreCheck(Machine machine, DiskState state)
{
    private const string Afterwards = "after-the-crash";

    private readonly Promise _promise = new(state.Answers);
    private readonly List<string> _faults = [];

    /// <summary>Gives what must not have been.</summary>
    public IReadOnlyList<string> Run()
    {
        Try("open", Open);
        if (_faults.Count == 0)
            Try("commit", Commit);
        if (_faults.Count == 0)
            Try("open again", Again);
        if (_faults.Count == 0)
            Try("check", Check);
        return _faults;
    }

    private void Open()
    {
        using var board = OpenBoard();
        _faults.AddRange(_promise.Lacks(board));
        Hear(board);
    }

    private void Commit()
    {
        using var board = OpenBoard();
        var version = 0L;
        var options = new CommitOptions { OnCommitted = report => version = report.Version };
        if (board.Define([new TaskDefinition(Afterwards)], options)[0].Refusal is { } refusal)
            _faults.Add("a new task is refused: " + refusal.Message);
        else if (version <= _promise.Version)
            _faults.Add($"the new version {version} is not above {_promise.Version}, which was told");
        // A token that was given out still counts.
        foreach (var (id, token) in _promise.Claims.Take(1))
        {
            if (board.Renew([new RenewRequest(id, board.FindTask(id)?.Claim?.Agent ?? "nobody") { Token = token }])[0].Refusal is { } lost)
                _faults.Add($"the claim on {id} with token {token} counts no longer: {lost.Message}");
        }
        Hear(board);
    }

    private void Again()
    {
        using var board = OpenBoard();
        _faults.AddRange(_promise.Lacks(board));
        if (board.FindTask(Afterwards) is null)
            _faults.Add("what was committed after the crash is gone");
    }

    private void Check()
    {
        var paths = new StorePaths(machine.Folder);
        _ = StateCheck.Run(machine.Folder);
        _ = DocumentCheck.Run(paths);
        _ = CopiesCheck.Run(paths);
        _ = FilesCheck.Run(paths);
    }

    private TaskBoard OpenBoard() => TaskBoard.Open(machine.Folder, new TaskBoardOptions { OneShot = true });

    private void Hear(TaskBoard board)
    {
        foreach (var notice in board.TakeNotices().Where(notice => !MayTell(notice.Kind)))
            _faults.Add($"it tells {notice.Kind}: {notice.Message}");
    }

    // A line that was torn; where somebody else wrote the document what became of it; where a flush failed that it is an old one.
    private bool MayTell(StoreNoticeKind kind) => kind switch
    {
        StoreNoticeKind.JournalCut => true,
        StoreNoticeKind.DocumentBroken or StoreNoticeKind.DocumentIncomplete or StoreNoticeKind.EditSetAside =>
            state.Recording.HasForeignHand,
        StoreNoticeKind.DocumentNotPublished => state.Recording.HasFailure,
        _ => false,
    };

    private void Try(string what, Action act)
    {
        try
        {
            act();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            var told = fault is TaskLockingException { Refusal: { } refusal } ? $"{refusal.Code}: {refusal.Message}" : fault.ToString();
            _faults.Add($"{what}: {told}");
        }
    }
}

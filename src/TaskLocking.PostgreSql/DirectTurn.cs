using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// A commit that is decided already: one call, in which the server finds out whether it still holds, writes it and makes it last. If it
/// does not hold, nothing was written and what came since is known.
/// </summary>
internal sealed class DirectTurn(PostgresLog log, Deadline deadline) : ICommitTurn
{
    private readonly BoardCopy? _board = log.Copy; // null where another thread finds the database put back
    private IReadOnlyCollection<string> _tasks = [];
    private IReadOnlyCollection<string> _sessions = [];
    private long _version;
    private int _isOver;

    private BoardCopy Copy => _board!;

    public BoardState? CatchUp() => _board is not null && log.Copy == _board ? _board.State : null;

    public string? FindHeld(IReadOnlyCollection<string> ids, LockSession session)
    {
        // The server looks, in the transaction that writes the line.
        _tasks = ids;
        _sessions = session.AllNames().ToList();
        return null;
    }

    public bool Append(ref ByteBuffer? line, IAttempt attempt, BoardState state)
    {
        try
        {
            return line is null ? IsNewest() : Append(ref line, attempt);
        }
        finally
        {
            Dispose();
        }
    }

    public void MakeDurable(CancellationToken cancellationToken) =>
        log.MakeSure(_version, deadline.Timeout, null, cancellationToken);

    public void Conclude(bool hasWritten)
    {
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
            log.Turn.Release();
    }

    private bool Append(ref ByteBuffer line, IAttempt attempt)
    {
        var request = new CommitRequest(Copy.Id, Copy.Epoch, Copy.Version, Copy.Cid, BoardLine.TextOf(line), attempt.Keys(), _tasks,
            _sessions, attempt.Above > 0 ? Copy.State.Version : 0);
        var answer = log.Sender.Send(request, WaitOf(deadline), deadline);
        return answer is not null && new CommitOutcome(log, Copy, request, answer).Settle(ref line!, attempt, ref _version);
    }

    private bool IsNewest()
    {
        var before = Copy.Version;
        if (log.Follow() is null || log.Copy != Copy || Copy.Version != before)
            return false;
        _version = before;
        return true;
    }

    // What is held for moments only is waited for a moment in any case.
    private static TimeSpan WaitOf(Deadline deadline)
    {
        var left = deadline.Remaining;
        var most = TimeSpan.FromMilliseconds(200);
        return left == Timeout.InfiniteTimeSpan || left > most ? most : TimeSpan.FromMilliseconds(Math.Max(left.TotalMilliseconds, 50));
    }
}

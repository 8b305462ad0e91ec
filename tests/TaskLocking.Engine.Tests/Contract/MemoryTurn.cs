using System.Collections.Generic;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Contract;

/// <summary>One commit's way through a <see cref="MemoryLog"/>.</summary>
internal sealed class MemoryTurn(MemoryLog log, MemoryJournal journal) : ICommitTurn
{
    private int _end;
    private int _isOver;

    public BoardState? CatchUp()
    {
        log.AssertGated();
        if (journal.LostTurns > 0)
        {
            journal.LostTurns--;
            return null;
        }
        var state = log.CatchUp();
        _end = log.ReadLines;
        return state;
    }

    public string? FindHeld(IReadOnlyCollection<string> ids, LockSession session)
    {
        log.AssertGated();
        Assert.Equal(0, _isOver);
        return log.Locks.FindHeld(ids, session);
    }

    public bool Append(ref ByteBuffer? line, IAttempt attempt, BoardState state)
    {
        Assert.Equal(0, _isOver);
        if (line is not null)
        {
            _ = JournalLine.Seal(line, 0);
            _end = log.Append(line.ToArray());
        }
        Dispose();
        return true;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
            journal.Turn.Release();
    }

    public void MakeDurable(CancellationToken cancellationToken)
    {
        log.AssertUngated();
        Assert.Equal(1, _isOver);
        journal.Flush(_end);
    }

    public void Conclude(bool hasWritten)
    {
        log.AssertUngated();
        if (hasWritten)
            Assert.InRange(_end, 1, journal.Durable);
    }
}

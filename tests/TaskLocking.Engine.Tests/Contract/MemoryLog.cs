using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Model;
using Xunit;

namespace TaskLocking.Tests.Contract;

/// <summary>
/// The commits of a board in the memory of a test. It sees to it that the gate is held where it has to be, and nowhere where somebody
/// waits.
/// </summary>
internal sealed class MemoryLog(MemoryJournal journal) : ICommitLog
{
    private readonly MemoryLocks _locks = new(journal);
    private readonly StoreNotices _notices = new();
    private readonly BoardState _state = new();
    private int _read;

    public object Gate { get; } = new();

    public ITaskLocks Locks => _locks;

    public ITaskArchive Archive { get; } = new MemoryArchive(journal);

    public bool HasBegun => journal.HasBegun;

    /// <summary>The rehearsed attempts, and the calls of <see cref="LeaveFailed"/>.</summary>
    public int Rehearsed { get; private set; }

    public int Left { get; private set; }

    public void RefuseUnsafe() => AssertUngated();

    public ITaskState Read(CancellationToken cancellationToken)
    {
        AssertUngated();
        lock (Gate)
        {
            var state = CatchUp();
            state.Tidy();
            return state.Snapshot();
        }
    }

    public BoardState? Peek()
    {
        AssertGated();
        return journal.HasBegun ? CatchUp() : null;
    }

    public BoardState? Follow()
    {
        AssertGated();
        return CatchUp();
    }

    public TimeSpan Begin(TimeSpan remaining, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        AssertUngated();
        journal.HasBegun = true;
        return TimeSpan.Zero;
    }

    public void Rehearse(IAttempt attempt, LockSession session)
    {
        AssertUngated();
        Rehearsed++;
    }

    public ICommitGroup? Group => null;

    public ICommitTurn Lock(TimeSpan remaining, Action<LockWait>? onWait, Action betweenTries, CancellationToken cancellationToken)
    {
        AssertUngated();
        journal.Asked?.Invoke();
        var deadline = new Deadline(remaining);
        while (!journal.Turn.Wait(5, cancellationToken))
        {
            betweenTries();
            onWait?.Invoke(new LockWait("journal", Deadline.Since(deadline.Began), LockHolder.Unknown));
            if (deadline.Remaining == TimeSpan.Zero)
                throw new TaskLockingException(RefusalCode.LockTimeout, "Somebody appends all the time.");
        }
        return new MemoryTurn(this, journal);
    }

    public void WaitUntilFree(
        string id, LockSession session, Deadline deadline, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        AssertUngated();
        _locks.WaitUntilFree(id, deadline, onWait, cancellationToken);
    }

    public void MakeSure(long version, TimeSpan timeout, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        AssertUngated();
        journal.Flush(_read);
    }

    public void LeaveFailed()
    {
        AssertUngated();
        Left++;
    }

    public bool WaitForChange(long version, TimeSpan atMost, CancellationToken cancellationToken)
    {
        AssertUngated();
        var deadline = new Deadline(atMost);
        while (Read(cancellationToken).Version <= version)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (deadline.Remaining == TimeSpan.Zero)
                return false;
            lock (journal.Gate)
            {
                if (_read == journal.Lines.Count)
                    Monitor.Wait(journal.Gate, 10);
            }
        }
        return true;
    }

    public ICommitTail OpenTail(long? after) => new MemoryTail(journal, after);

    public SyncReport Sync(CommitOptions options, CancellationToken cancellationToken)
    {
        var state = Read(cancellationToken);
        return new SyncReport(state.Version, state.Count, 0, [], 0, false);
    }

    public void Tell(StoreNotice notice) => _notices.Add(notice);

    public IReadOnlyList<StoreNotice> TakeNotices() => _notices.Take();

    public void Dispose()
    {
    }

    /// <summary>Applies what others have appended.</summary>
    public BoardState CatchUp()
    {
        AssertGated();
        lock (journal.Gate)
        {
            for (; _read < journal.Lines.Count; _read++)
                _state.Apply(journal.Lines[_read]);
        }
        return _state;
    }

    /// <summary>Appends a line that its writer applies; gives how many there are now.</summary>
    public int Append(byte[] line)
    {
        AssertGated();
        lock (journal.Gate)
        {
            Assert.Equal(_read, journal.Lines.Count);
            journal.Lines.Add(line);
            Monitor.PulseAll(journal.Gate);
            return _read = journal.Lines.Count;
        }
    }

    public int ReadLines => _read;

    public void AssertGated() => Assert.True(Monitor.IsEntered(Gate), "the gate is open");

    public void AssertUngated() => Assert.False(Monitor.IsEntered(Gate), "the gate is held during a wait");
}

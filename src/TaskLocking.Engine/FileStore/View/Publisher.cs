using System;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Keeps the document current and makes checkpoints, beside the commits and never in their way: one process at a time by a try-lock,
/// everything written and flushed before the state lock is taken for the rename. The document shows only versions that are durable. What
/// fails here is tried again at the next chance; a commit never fails because of it.
/// </summary>
internal sealed class Publisher(
    GuardedImage source, StorePaths paths, StoreWriter writer, CommitFlush flush, JournalTurn journalTurn, StoreNotices notices,
    bool isOneShot) : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    // A thread that nobody needs for so long ends, so that a store that is not disposed leaves nothing behind.
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    // 5 % of the time under load.
    private const int PausePerCost = 19;

    // Who published last has the newest changes in the bytes of his todos already; the others leave it to him as long as he goes on.
    private const int PatienceOfOthers = 3;

    // A thread of its own: those of the pool go on looking for work for a while after each call, which took a twentieth of the processor
    // where eight processes published. The gate guards it, whether it has something to do, and whether it is to end.
    private readonly object _threadGate = new();
    private readonly Checkpointer _checkpointer = new(source, paths, writer, flush);
    private readonly DocumentPublisher _document = new(source, paths, writer, flush);
    private Thread? _thread;
    private bool _isScheduled;
    private volatile string? _lockFault; // why nobody can publish
    private volatile bool _isClosed;
    private volatile bool _isRefused;
    private DateTime _lastTry;

    /// <summary>To be called after a commit is durable.</summary>
    public void AfterCommit()
    {
        if (isOneShot)
        {
            Run();
            return;
        }
        lock (_threadGate)
        {
            if (_isScheduled || _isClosed)
                return;
            _isScheduled = true;
            if (_thread is not null)
            {
                Monitor.Pulse(_threadGate);
                return;
            }
            _thread = new Thread(RunScheduled) { IsBackground = true, Name = "TaskLocking publisher" };
            Quietly(_thread.Start);
            // Where the system gives no thread, the commit stands, and the next one tries again.
            if (_thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted))
                (_thread, _isScheduled) = (null, false);
        }
    }

    /// <inheritdoc cref="Checkpointer.IsDue"/>
    public bool IsCheckpointDue() => _checkpointer.IsDue();

    /// <summary>Lets the store tell that others see an old document, as long as they do.</summary>
    public void Tell()
    {
        if (_isRefused)
        {
            _isRefused = false; // The refusal has said it.
            return;
        }
        if (_lockFault is { } fault)
        {
            notices.Stand(new StoreNotice(StoreNoticeKind.DocumentNotPublished, "Others see an older document: " + fault,
                paths.Document));
            return;
        }
        // Whoever tried in vain to replace it has left why, beside the stamp of the one that is there.
        var obstacle = _document.Obstacle;
        lock (source.Gate)
        {
            if (obstacle == DocumentObstacle.None && source.Image is { Journal: not null, DocumentStamp: { } stamp } image
                && image.PublishedVersion < image.State.Version && PublishedStamp.Read(paths) is { } last && last.Stamp == stamp)
            {
                obstacle = last.Obstacle;
            }
        }
        if (obstacle == DocumentObstacle.None)
            notices.Withdraw(StoreNoticeKind.DocumentNotPublished, paths.Document);
        else
            notices.Stand(_document.Notice(obstacle));
    }

    /// <summary>Brings the document up to the newest durable version, unless somebody else is doing just that.</summary>
    public void Publish()
    {
        // Who finds the lock taken leaves the rest to its holder, who looks once more after letting go.
        // One-shot processes have no later chance; the others come again after the pause.
        for (var left = IsLast ? 10 : 1; left > 0 && _document.IsBehind(); left--)
        {
            using (var turn = TryTakeTurn())
            {
                if (turn is null)
                    return;
                _document.Publish();
            }
            if (_document.Obstacle is not (DocumentObstacle.None or DocumentObstacle.InMaking))
                return;
            if (_document.Obstacle == DocumentObstacle.InMaking && IsLast)
                Thread.Sleep(DocumentInMaking.Pause);
            _document.TakeOver();
        }
    }

    private ExclusiveLock? TryTakeTurn()
    {
        try
        {
            var turn = ExclusiveLock.TryAcquire(paths.PublishLock, isThreadBound: false);
            _lockFault = null;
            return turn;
        }
        catch (TaskLockingException refused)
        {
            _lockFault = refused.Refusal.Message;
            throw;
        }
    }

    /// <summary>Brings the document up to date, waiting for somebody who is doing just that, or writes it.</summary>
    /// <exception cref="TaskLockingException">DocumentNotPublished, LockTimeout.</exception>
    public void PublishAndWait(LockOptions options, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(options.Timeout);
        for (var left = 10; left > 0 && _document.IsBehind(); left--)
        {
            using (ExclusiveLock.Acquire(paths.PublishLock, options with { IsThreadBound = false }, cancellationToken))
            {
                if (_document.IsBehind())
                    _document.Publish();
            }
            if (_document.Obstacle == DocumentObstacle.InMaking && backoff.Pause(cancellationToken))
                left++;
            else if (_document.Obstacle != DocumentObstacle.None)
                throw Refused();
            _document.TakeOver();
        }
    }

    private TaskLockingException Refused()
    {
        _isRefused = true;
        return _document.Refuse();
    }

    /// <summary>Writes the backup, begins a new journal, seals the old one and removes those that nothing leads to any more.</summary>
    public void Checkpoint(CancellationToken cancellationToken = default)
    {
        using var turn = ExclusiveLock.Acquire(paths.PublishLock, Checkpointer.Waiting, cancellationToken);
        CheckpointNow(cancellationToken);
    }

    // The publish lock is held.
    private void CheckpointNow(CancellationToken cancellationToken)
    {
        if (!_checkpointer.TryMake(out var sealedJournal, cancellationToken))
            return;
        Quietly(_document.Publish); // The checkpoint stands without it.
        _checkpointer.Sweep(sealedJournal);
        RemoveTemporary(cancellationToken);
    }

    /// <summary>Removes what killed processes left half-written; leaves it to the next time while somebody publishes.</summary>
    public void SweepTemporary(CancellationToken cancellationToken)
    {
        if (TemporarySweep.Find(paths).Count == 0)
            return;
        using var turn = ExclusiveLock.TryAcquire(paths.PublishLock, isThreadBound: false);
        if (turn is not null)
            RemoveTemporary(cancellationToken);
    }

    // Nobody comes after this.
    private bool IsLast => isOneShot || _isClosed;

    public void Dispose()
    {
        Thread? thread;
        lock (_threadGate)
        {
            _isClosed = true;
            thread = _thread;
            Monitor.Pulse(_threadGate);
        }
        if (thread is null)
            return;
        // A run that has begun ends first; then what it left is published here.
        thread.Join();
        Quietly(Publish);
        _document.Dispose();
    }

    private void RunScheduled()
    {
        while (Await())
        {
            Quietly(SleepUntilDue);
            lock (_threadGate)
            {
                _isScheduled = false;
                if (_isClosed)
                    return;
            }
            Run();
            // A try that found another process at work counts as a try: who is behind by then waits as long as everybody.
            _lastTry = DateTime.UtcNow;
            Quietly(RunAgainIfBehind);
            source.Rest();
        }
    }

    private void RunAgainIfBehind()
    {
        _document.TakeOver();
        // What stands in the way of the document is still there after a moment; the next commit tries again.
        if (_document.Obstacle is DocumentObstacle.None or DocumentObstacle.InMaking or DocumentObstacle.InUse && _document.IsBehind())
            AfterCommit();
    }

    // True when there is something to do, false when the thread is to end.
    private bool Await()
    {
        lock (_threadGate)
        {
            while (!_isScheduled && !_isClosed)
            {
                if (!Monitor.Wait(_threadGate, IdleTime) && !_isScheduled)
                    break;
            }
            if (_isScheduled && !_isClosed)
                return true;
            _thread = null;
        }
        source.Rest();
        return false;
    }

    private void SleepUntilDue()
    {
        // Where somebody else published meanwhile, the pause begins anew.
        for (var pause = Pause(); pause > ShortestWait && !_isClosed; pause = Pause())
        {
            lock (_threadGate)
            {
                if (!_isClosed)
                    Monitor.Wait(_threadGate, pause);
            }
        }
    }

    private void Run()
    {
        Quietly(Publish);
        if (IsCheckpointDue())
            Quietly(CheckpointIfStillDue);
        Quietly(journalTurn.LeaveFailed);
    }

    // All processes see at the same time that it is due: one makes it, the others find it made.
    private void CheckpointIfStillDue()
    {
        using var turn = ExclusiveLock.TryAcquire(paths.PublishLock, isThreadBound: false);
        if (turn is null)
            return;
        source.Refresh();
        if (IsCheckpointDue())
            CheckpointNow(CancellationToken.None);
    }

    // One pause for all processes: what the last publication took, by whomever, decides, and the time since then counts.
    private TimeSpan Pause()
    {
        var cost = Math.Max(_document.Cost.Ticks, (PublishedStamp.Read(paths)?.Cost ?? 0) * 10);
        var due = TimeSpan.FromTicks(Math.Max(ShortestPause.Ticks, cost * PausePerCost));
        // What others read is broken, or without what we have: that is put right at once.
        if (source.Image?.PublishedVersion < 0)
            due = ShortestPause;
        var stamp = FileStamp.Of(paths.Document);
        var last = stamp is { } known ? known.Written : DateTime.MinValue;
        if (stamp != _document.Ours)
            due = TimeSpan.FromTicks(due.Ticks * PatienceOfOthers);
        var age = DateTime.UtcNow - (last > _lastTry ? last : _lastTry);
        return age < TimeSpan.Zero || age >= due ? TimeSpan.Zero : due - age;
    }

    // The publish lock is held.
    private void RemoveTemporary(CancellationToken cancellationToken)
    {
        var found = TemporarySweep.Find(paths);
        if (found.Count == 0)
            return;
        using (ExclusiveLock.Acquire(paths.StateLock, new LockOptions { IsThreadBound = false }, cancellationToken))
            TemporarySweep.Remove(found);
    }

    // Somebody holds the document open, the disk is full, the folder is gone: the next commit tries again. Nothing may leave the
    // publisher's thread, where it would end the process.
    private static void Quietly(Action act)
    {
        try
        {
            act();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }
}

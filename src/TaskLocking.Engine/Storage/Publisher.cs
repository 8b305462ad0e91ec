using System;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>
/// Keeps the document current and makes checkpoints, beside the commits and never in their way: one process at a time by a try-lock,
/// everything written and flushed before the state lock is taken for the rename. The document shows only versions that are durable. What
/// fails here is tried again at the next chance; a commit never fails because of it.
/// </summary>
internal sealed class Publisher(FileTaskStore store, StorePaths paths, StoreWriter writer, bool isOneShot) : IDisposable
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
    private readonly Checkpointer _checkpointer = new(store, paths, writer);
    private Thread? _thread;
    private bool _isScheduled;
    private volatile bool _isClosed;
    private TimeSpan _cost;
    private DateTime _lastTry;
    private FileStamp? _ours; // the document as this process published it last

    // Reused while nobody needs the memory: a document has megabytes, and a busy store renders it ten times a second.
    private WeakReference<ByteBuffer>? _buffer;

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
            _thread.Start();
        }
    }

    /// <inheritdoc cref="Checkpointer.IsDue"/>
    public bool IsCheckpointDue() => _checkpointer.IsDue();

    /// <summary>Brings the document up to the newest durable version, unless somebody else is doing just that.</summary>
    public void Publish()
    {
        // Who finds the lock taken leaves the rest to its holder, who looks once more after letting go.
        // One-shot processes have no later chance; the others come again after the pause.
        for (var left = isOneShot || _isClosed ? 10 : 1; left > 0 && IsBehind(); left--)
        {
            using var turn = ExclusiveLock.TryAcquire(paths.PublishLock, isThreadBound: false);
            if (turn is null)
                return;
            PublishNow();
        }
    }

    /// <summary>Brings the document up to date, waiting for somebody who is doing just that.</summary>
    public void PublishAndWait(LockOptions options, CancellationToken cancellationToken)
    {
        for (var left = 10; left > 0 && IsBehind(); left--)
        {
            using var turn = ExclusiveLock.Acquire(paths.PublishLock, options with { IsThreadBound = false }, cancellationToken);
            if (IsBehind())
                PublishNow();
        }
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
        PublishNow();
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
            store.Rest();
        }
    }

    private void RunAgainIfBehind()
    {
        if (IsBehind())
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
        store.Rest();
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
    }

    // All processes see at the same time that it is due: one makes it, the others find it made.
    private void CheckpointIfStillDue()
    {
        using var turn = ExclusiveLock.TryAcquire(paths.PublishLock, isThreadBound: false);
        if (turn is null)
            return;
        store.Refresh();
        if (IsCheckpointDue())
            CheckpointNow(CancellationToken.None);
    }

    // One pause for all processes: what the last publication took, by whomever, decides, and the time since then counts.
    private TimeSpan Pause()
    {
        var cost = Math.Max(_cost.Ticks, (PublishedStamp.Read(paths)?.Cost ?? 0) * 10);
        var due = TimeSpan.FromTicks(Math.Max(ShortestPause.Ticks, cost * PausePerCost));
        // What others read is broken, or without what we have: that is put right at once.
        if (store.Image?.PublishedVersion < 0)
            due = ShortestPause;
        var stamp = FileStamp.Of(paths.Document);
        var last = stamp is { } known ? UnixTime(known) : DateTime.MinValue;
        if (stamp != _ours)
            due = TimeSpan.FromTicks(due.Ticks * PatienceOfOthers);
        var age = DateTime.UtcNow - (last > _lastTry ? last : _lastTry);
        return age < TimeSpan.Zero || age >= due ? TimeSpan.Zero : due - age;
    }

    private static DateTime UnixTime(FileStamp stamp) => LibC.IsLinux
        ? new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(stamp.Modified)
        : new DateTime(stamp.Modified, DateTimeKind.Utc);

    private bool IsBehind()
    {
        lock (store.Gate)
        {
            if (store.Image is not { Journal: not null } image)
                return false;
            _ = image.Follow(paths);
            var stamp = FileStamp.Of(paths.Document);
            if (stamp != image.DocumentStamp)
                _ = writer.IsPublished(image, stamp);
            return image.PublishedVersion < image.State.Version || stamp is null;
        }
    }

    // The publish lock is held.
    private void PublishNow()
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        DocumentView view;
        JournalFile journal;
        FileStamp? before;
        bool isAdopted;
        long shown;
        DocumentView.Prepare(store);
        lock (store.Gate)
        {
            var image = store.Image!;
            view = writer.ViewOf(image);
            journal = image.Journal!;
            (before, shown) = (image.DocumentStamp, image.PublishedVersion);
            isAdopted = StoreWriter.IsDocumentKnown(image, before);
        }
        store.CommitFlush.Run(new WrittenLine(journal, view.Mark.Version));
        var buffer = Buffer(view);
        view.Render(buffer);
        var temporary = FileBytes.WriteBeside(paths.Document, buffer.Written);
        var stamp = FileStamp.Of(temporary)!.Value; // A rename changes none of it.
        using var hint = PublishedStamp.Open(paths);
        // As long as somebody has the old document open, replacing it frees nothing on the disk: that would take milliseconds.
        using var replaced = OpenFile.At(paths.Document);
        try
        {
            Failpoint.Hit("publish.before-rename");
            using (ExclusiveLock.Acquire(paths.StateLock, new LockOptions { IsThreadBound = false }))
            {
                if (journal.LengthIfAtPath() < 0)
                {
                    // The folder has been replaced by another: what we have is not to be shown there.
                    store.Refresh();
                    return;
                }
                if (!isAdopted || FileStamp.Of(paths.Document) != before)
                {
                    // Somebody else wrote it, and at best a reader has seen that: adopt first, then publish both.
                    lock (store.Gate)
                        store.CatchUpLocked();
                    return;
                }
                var cost = (long)Backoff.Since(started).TotalMilliseconds * 1000;
                var published = new PublishedStamp(view.Mark.Version, stamp, cost);
                var coming = before is { } old && shown >= 0 ? published with { Replaces = new PublishedStamp(shown, old) } : published;
                coming.Write(hint);
                Failpoint.Hit("publish.between");
                FileBytes.Replace(temporary, paths.Document);
                published.Write(hint);
                lock (store.Gate)
                {
                    store.Image!.DocumentStamp = _ours = published.Stamp;
                    store.Image.PublishedVersion = view.Mark.Version;
                }
            }
            Failpoint.Hit("publish.after-rename");
            RightsSweep.Run(paths, stamp, journal);
        }
        finally
        {
            FileBytes.TryDelete(temporary);
            _cost = Backoff.Since(started);
        }
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

    private ByteBuffer Buffer(DocumentView view)
    {
        if (_buffer is null || !_buffer.TryGetTarget(out var buffer))
            _buffer = new WeakReference<ByteBuffer>(buffer = view.NewBuffer());
        buffer.Clear();
        return buffer;
    }

    // Somebody holds the document open, the disk is full, the folder is gone: the next commit tries again. Nothing may leave the publisher's
    // thread, where it would end the process.
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

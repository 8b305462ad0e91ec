using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Faults;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// The commits of a board in a folder: a journal, a checkpoint, and the Todo2 document as a view of both. Nothing is read or made before
/// the first use.
/// </summary>
/// <remarks>
/// Failure modes: a line that is not whole is cut by the next writer; a failed flush is CommitUncertain, and nobody appends to that journal
/// again.
/// </remarks>
internal sealed class FileCommitLog : ICommitLog
{
    private readonly TaskBoardOptions _options;
    private readonly StoreReading _reading;
    private readonly JournalTurn _journalTurn;
    private readonly Rehearsal _rehearsal;
    private readonly StoreNotices _notices = new();
    private readonly KeptLockFile _stateLock = new();
    private bool _isDisposed;

    /// <summary>Opens it.</summary>
    /// <param name="workspace">The canonical path of an existing folder.</param>
    /// <param name="options">Durability, clock, one-shot.</param>
    /// <param name="isOnShare">For tests: the folder is treated as one that other hosts write to.</param>
    public FileCommitLog(string workspace, TaskBoardOptions options, bool isOnShare = false)
    {
        _options = options with { };
        Paths = new StorePaths(workspace);
        Archive = new FileArchive(Paths);
        Writer = new StoreWriter(Paths, options.Clock, _notices);
        Source = new GuardedImage(Paths, Writer, isOnShare);
        Locks = new FolderLocks(Paths.Locks, Paths.StateLock, _notices.Add);
        Flush = new CommitFlush(options.Durability);
        _reading = new StoreReading(Source, Paths, Writer, _notices);
        _journalTurn = new JournalTurn(Source, Paths, options.OneShot);
        _rehearsal = new Rehearsal(Source, Paths, Writer, Flush);
        Publisher = new Publisher(Source, Paths, Writer, Flush, _journalTurn, _notices, options.OneShot);
    }

    public object Gate => Source.Gate;

    public ITaskLocks Locks { get; }

    public ITaskArchive Archive { get; }

    public StorePaths Paths { get; }

    public StoreWriter Writer { get; }

    public GuardedImage Source { get; }

    public CommitFlush Flush { get; }

    public Publisher Publisher { get; }

    public bool HasBegun => Source.Image is { NeedsJournal: false };

    public void RefuseUnsafe()
    {
        MountProof.RefuseSwitch(Paths.Folder);
        PrepareMemory();
        _ = Source.IsOnShare; // The gate is not held while the system is asked.
    }

    public ITaskState Read(CancellationToken cancellationToken)
    {
        PrepareMemory();
        return _reading.Read(cancellationToken);
    }

    public BoardState? Peek()
    {
        if (Source.IsOnShare || Source.Image is not { NeedsJournal: false } image)
            return null;
        // Who works at the same time as others shares the way to the disk with them.
        if (image.Peek() && !_options.OneShot)
            image.Journal!.JoinGroup();
        return image is { Foreign: null, IsDocumentBroken: false } ? image.State : null;
    }

    public BoardState? Follow()
    {
        Source.Refresh();
        return Source.Image is { Foreign: null, IsDocumentBroken: false } image ? image.State : null;
    }

    public TimeSpan Begin(TimeSpan remaining, Action<LockWait>? onWait, CancellationToken cancellationToken) =>
        _journalTurn.Begin(remaining, onWait, cancellationToken);

    public void Rehearse(IAttempt attempt, LockSession session)
    {
        if (_options.OneShot && Source.Image is { NeedsJournal: false } image)
            _rehearsal.Run(attempt, image, session);
    }

    public ICommitGroup? Group => null;

    public ICommitTurn Lock(TimeSpan remaining, Action<LockWait>? onWait, Action betweenTries, CancellationToken cancellationToken)
    {
        // A process that starts has used up most of its turn at the processor: where hundreds start at once, who is preempted with the lock
        // in his hands comes back after all of them.
        if (_options.OneShot)
            Backoff.TakeNewTurn();
        var isWatched = IsWatched();
        var path = PlantedBug.NoStateLock ? Paths.StateLock + ProcessIdentity.Pid : Paths.StateLock;
        return new FileTurn(this, isWatched).Under(ExclusiveLock.Acquire(path, new LockOptions
        {
            Timeout = LockOptions.OnTheWay(remaining),
            OnWait = onWait,
            BetweenTries = betweenTries,
            Kept = Source.IsOnShare ? null : _stateLock,
            IsPathKnown = isWatched,
            Naps = _options.OneShot,
        }, cancellationToken));
    }

    public void WaitUntilFree(
        string id, LockSession session, Deadline deadline, Action<LockWait>? onWait, CancellationToken cancellationToken) =>
        HeldTasks.WaitUntilFree(TaskLockFile.PathOf(Paths.Locks, id), id, session, deadline, onWait, cancellationToken);

    public void MakeSure(long version, TimeSpan timeout, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        JournalFile? journal;
        lock (Gate)
            journal = Source.Image?.Journal;
        if (journal is null || Flush.IsDurable(journal, version))
            return;
        if (journal.HasEnded())
            _journalTurn.Leave(LockOptions.OnTheWay(timeout, onWait), cancellationToken);
        else
            Flush.Run(new WrittenLine(journal, version));
    }

    /// <inheritdoc cref="ICommitTurn.Conclude"/>
    public void Conclude(WrittenLine line, bool hasWritten)
    {
        if (_options.OneShot)
            line.Journal.Settle();
        Publisher.AfterCommit();
        if (hasWritten && (_options.OneShot || line.Journal.IsMoved))
            _journalTurn.Confirm(line);
    }

    public void LeaveFailed() => _journalTurn.LeaveFailed();

    public bool WaitForChange(long version, TimeSpan atMost, CancellationToken cancellationToken) =>
        new ChangeWait(Source, Paths).Run(version, atMost, cancellationToken);

    public ICommitTail OpenTail(long? after)
    {
        _ = Source.IsOnShare; // The gate is not held while the system is asked.
        return FileTail.Open(Source, Paths, _options.Durability, after);
    }

    public SyncReport Sync(CommitOptions options, CancellationToken cancellationToken) =>
        new StoreSync(Source, Paths, Writer, Flush, _journalTurn, Publisher, _reading).Run(options, cancellationToken);

    public void Tell(StoreNotice notice) => _notices.Add(notice);

    public IReadOnlyList<StoreNotice> TakeNotices()
    {
        Publisher.Tell();
        return _notices.Take();
    }

    /// <summary>Publishes what is not yet shown, and closes the files. Waits for a publication that goes on.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }
        Publisher.Dispose();
        _stateLock.Dispose();
        Source.Dispose();
    }

    // Before the lock is asked for: whether the system tells what happens to the names that a commit would look up.
    private bool IsWatched()
    {
        if (_options.OneShot || Source.IsOnShare)
            return false;
        lock (Gate)
        {
            Source.Watch.Use();
            return Source.Watch.IsSure;
        }
    }

    private void PrepareMemory()
    {
        if (_options.OneShot)
            OneShotMemory.Prepare(Paths.Document);
    }
}

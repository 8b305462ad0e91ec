using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>
/// The store in a folder: a journal of commits, a checkpoint, and the Todo2 document as a view of both. A commit is: prepare without the
/// lock; lock, catch up, decide again if anything came, append one line, unlock; flush outside the lock, and only then answer.
/// </summary>
/// <remarks>
/// Failure modes: what fails before the append changes nothing; a line that is not whole is cut by the next writer; a failed flush is
/// CommitUncertain, and nobody appends to that journal again. Two locks, always in this order: the state lock of the folder, then
/// <c>_gate</c> of this process; the gate is never held while waiting for a file.
/// </remarks>
public sealed class FileTaskStore : ITaskStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly StorePaths _paths;
    private readonly TaskBoardOptions _options;
    private readonly StoreWriter _writer;
    private readonly Publisher _publisher;
    private readonly CommitFlush _flush;
    private readonly JournalTurn _turn;
    private readonly Rehearsal _rehearsal;
    private readonly Lazy<bool> _isNetwork;
    private readonly KeptLockFile _stateLock = new();
    private StoreImage? _image;
    private FileStamp? _awaited; // a document that did not parse after a moment either
    private bool _isDisposed;

    /// <summary>Opens the store of a workspace; nothing is read or made before the first use.</summary>
    /// <param name="workspace">The canonical path of an existing folder.</param>
    /// <param name="options">Durability, clock, one-shot.</param>
    public FileTaskStore(string workspace, TaskBoardOptions options)
    {
        _paths = new StorePaths(workspace);
        _options = options with { };
        _writer = new StoreWriter(_paths, options.Clock, Notices);
        _publisher = new Publisher(this, _paths, _writer, options.OneShot);
        _flush = new CommitFlush(options.Durability);
        _turn = new JournalTurn(this, _paths, options.OneShot);
        Watch = new StoreWatch(_paths);
        _rehearsal = new Rehearsal(this, _paths, _writer);
        _isNetwork = new Lazy<bool>(() => MountInfo.Of(_paths.Folder).IsShare);
    }

    internal object Gate => _gate;

    internal CommitFlush CommitFlush => _flush;

    internal Publisher Publisher => _publisher;

    internal StoreImage? Image => _image;

    /// <summary>Whether an answer says that the disk has it.</summary>
    internal bool IsDurable => _options.Durability == Durability.Full;

    internal StoreNotices Notices { get; } = new();

    /// <summary>Guarded by <see cref="Gate"/>.</summary>
    internal StoreWatch Watch { get; }

    /// <inheritdoc/>
    public ITaskState Read(CancellationToken cancellationToken = default)
    {
        // What does not parse may be in the making: it is looked at again, for a moment.
        var isOver = false;
        for (var backoff = Backoff.OnDemand(DocumentInMaking.Moment, longestSleep: 15); ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_gate)
            {
                Refresh();
                var fault = _image!.Journal is null ? null : _image.DocumentFault;
                var isInMaking = fault is not null && DocumentInMaking.Is(_paths);
                if (fault is not null && !isInMaking && !_image.IsDocumentBusy)
                    _writer.Notices.IsBroken(fault);
                // Once for each state of it: a reader who asks again and again is not held up every time.
                isOver |= _awaited == _image.DocumentStamp;
                if (!isInMaking || isOver)
                {
                    _awaited = isInMaking ? _image.DocumentStamp : null;
                    _image.State.Tidy();
                    return _image.Foreign is { } foreign ? _writer.Preview(_image, foreign) : _image.State.Snapshot();
                }
            }
            isOver = !backoff.Pause(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public TAnswer Transact<TAnswer>(ITaskRule<TAnswer> rule, LockSession session, CommitOptions options, CancellationToken cancellationToken = default)
    {
        try
        {
            return Commit(rule, session, options, cancellationToken);
        }
        catch (TaskLockingException uncertain) when (uncertain.Refusal.Code == RefusalCode.CommitUncertain)
        {
            _turn.LeaveFailed();
            throw;
        }
    }

    private TAnswer Commit<TAnswer>(
        ITaskRule<TAnswer> rule, LockSession session, CommitOptions options, CancellationToken cancellationToken)
    {
        MountProof.RefuseSwitch(_paths.Folder);
        _ = _isNetwork.Value;
        var timeout = options.Timeout ?? Patience;
        var backoff = new Backoff(timeout);
        var by = options.By ?? Author.Default;
        // Everything runs once before the lock: code is compiled, the document parsed, and what is refused anyway never locks. While the
        // lock is waited for, what others commit is read as it comes. A decision is made again only if something it looked at changed.
        var attempt = PrepareQuickly(rule, by) ?? Prepare(rule, by);
        var waitedForBeginning = TimeSpan.Zero;
        if (attempt is not { IsEmpty: true } && _image is not { NeedsJournal: false })
        {
            waitedForBeginning = _turn.Begin(backoff.Remaining, options.OnWait, cancellationToken);
            attempt = Prepare(rule, by);
        }
        if (attempt is { IsEmpty: true })
            return Unchanged(attempt, options, cancellationToken);
#if PLANTED_BUGS
        if (PlantedBug.AnswerBeforeAppend && attempt is not null && PlantedBug.Later(() => Transact(rule, session, options, CancellationToken.None)))
            return attempt.Answer;
#endif
        if (_options.OneShot && attempt is { IsEmpty: false } && _image is { NeedsJournal: false } image)
            _rehearsal.Run(attempt, image, session);
        var asked = Stopwatch.GetTimestamp();
        // A process that starts has used up most of its turn at the processor: where hundreds start at once, who is preempted with the lock in
        // his hands comes back after all of them.
        if (_options.OneShot)
            Backoff.TakeNewTurn();
        while (true)
        {
            string held;
            var isWatched = IsWatched();
            (WrittenLine Line, TimeSpan Waited, TimeSpan Held)? done = null;
            using (var stateLock = ExclusiveLock.Acquire(PlantedBug.NoStateLock ? _paths.StateLock + ProcessIdentity.Pid : _paths.StateLock, LockOptions.OnTheWay(backoff.Remaining, options.OnWait) with { BetweenTries = KeepUp, Kept = _isNetwork.Value ? null : _stateLock, IsPathKnown = isWatched, Naps = _options.OneShot }, cancellationToken))
            {
                var waited = waitedForBeginning + Backoff.Since(asked);
                var taken = Stopwatch.GetTimestamp();
                Failpoint.Hit("commit.locked");
                lock (_gate)
                {
                    var isQuiet = isWatched && IsQuiet();
                    if (!isQuiet)
                    {
                        Watch.Doubt();
                        if (isWatched && !stateLock.StillAtPath())
                            continue;
                        CatchUpLocked();
                        Watch.Confirm(_image!);
                    }
                    if (attempt is null || !attempt.HoldsOn(_image!.State))
                        attempt = Decide(rule, by);
                    held = attempt.IsEmpty || (isQuiet && !Watch.HasTaskLock(attempt.ChangedIds)) ? "" : HeldTasks.FindHeld(_paths.Locks, attempt.ChangedIds, session) ?? "";
                    if (held.Length == 0)
                    {
                        var journal = _image!.Journal!;
                        _ = StoreWriter.SkipTo(_image, attempt.Above);
                        var line = attempt.IsEmpty ? null : attempt.LineFor(_image.State);
                        var start = _image.Offset;
                        if (line is not null)
                        {
                            if (IsDurable)
                                journal.Announce();
                            StoreWriter.Append(_image, line);
                        }
                        var written = new WrittenLine(journal, attempt.Version - (line is null ? 1 : 0), start, _image.Offset);
                        if (_isNetwork.Value)
                            _flush.Flush(written);
                        stateLock.Dispose();
                        done = (written, waited, Backoff.Since(taken));
                        if (line is not null)
                            _image.State.Apply(line.WrittenMemory);
                        _image.State.Tidy();
                    }
                }
            }
            if (done is { } commit)
                return Finish(attempt, commit.Line, options, commit.Waited, commit.Held, cancellationToken);
            var id = attempt.ChangedIds.First(changed => TaskLockFile.PathOf(_paths.Locks, changed) == held);
            HeldTasks.WaitUntilFree(held, id, session, ref backoff, timeout, options.OnWait, cancellationToken);
        }

        void KeepUp()
        {
            lock (_gate)
            {
                if (_image is not { NeedsJournal: false })
                    return;
                Peek(_image);
                if (attempt is not null && !attempt.HoldsOn(_image.State))
                    attempt = Decide(rule, by);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoreNotice> TakeNotices()
    {
        _publisher.Tell();
        return Notices.Take();
    }

    /// <summary>Publishes what is not yet shown, and closes the files. Waits for a publication that goes on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }
        _publisher.Dispose();
        _stateLock.Dispose();
        lock (_gate)
        {
            Watch.Close();
            _image?.Dispose();
        }
    }

    /// <inheritdoc cref="JournalTurn.LeaveFailed"/>
    internal void LeaveFailed() => _turn.LeaveFailed();

    /// <summary>Gives back what only helps who commits all the time, where nobody has for a while.</summary>
    internal void Rest()
    {
        lock (_gate)
        {
            Watch.CloseIfIdle(Environment.TickCount);
            _image?.Journal?.Settle();
        }
    }

    internal SyncReport Sync(CommitOptions options, CancellationToken cancellationToken) => new StoreSync(this, _paths, _writer, _publisher).Run(options, cancellationToken);

    /// <summary>Under the state lock and the gate: the newest state, ready to append to.</summary>
    internal void CatchUpLocked()
    {
        var image = _image;
        if (image is not null)
            _writer.Remember(image);
        _image = null; // What fails half-way is loaded anew.
        if (_isNetwork.Value)
        {
            // What other hosts wrote is sure to be seen only through a handle that was opened under the lock.
            image?.Dispose();
            image = null;
        }
        _image = _writer.CatchUp(image);
    }

    /// <summary>Reads what is new, without a lock on the files; writes nothing.</summary>
    internal void Refresh()
    {
        lock (_gate)
        {
            if (_image is { NeedsJournal: false } && !_isNetwork.Value && _image.Follow(_paths) is CatchUp.Current or CatchUp.Torn && !IsDocumentForeign(_image))
                return;
            var stamp = _image is { NeedsJournal: true, DocumentStamp: not null } ? FileStamp.Of(_paths.Document) : null;
            if (stamp is not null && stamp == _image!.DocumentStamp && !StoreFolder.IsThere(_paths.Journals))
                return;
            if (_image is not null)
                _writer.Remember(_image);
            _image?.GiveUp();
            _image = null;
            _image = StoreLoader.Load(_paths);
        }
    }

    // Before the lock is asked for: whether the system tells what happens to the names that a commit would look up.
    private bool IsWatched()
    {
        if (_options.OneShot || _isNetwork.Value)
            return false;
        lock (_gate)
        {
            Watch.Use();
            return Watch.IsSure;
        }
    }

    // Under the lock and the gate. If so, the image is caught up with what was appended.
    private bool IsQuiet() =>
        _image is { MustBegin: false } image && FileStamp.Of(_paths.Document) is { } stamp && StoreWriter.IsDocumentKnown(image, stamp) &&
        Watch.IsQuiet(image) && image.TryFollowOpen();

    // Whether the document is not the one that the image goes by. Where it was removed, what somebody had written into it counts no longer.
    private bool IsDocumentForeign(StoreImage image)
    {
        var stamp = FileStamp.Of(_paths.Document);
        if (StoreWriter.IsDocumentKnown(image, stamp) || _writer.IsPublished(image, stamp))
            return false;
        return stamp is null ? image.Foreign is not null || image.IsDocumentBroken : stamp != image.DocumentStamp;
    }

    // What is to be written is judged again under the lock, so a state that may be a moment old, or whose files were changed below us, is
    // good enough to decide on. Null if it is not: a refusal, and "already so", are told only of what the files say now.
    private Attempt<TAnswer>? PrepareQuickly<TAnswer>(ITaskRule<TAnswer> rule, string by)
    {
        lock (_gate)
        {
            if (_isNetwork.Value || _image is not { NeedsJournal: false, Foreign: null, IsDocumentBroken: false })
                return null;
            Peek(_image);
            try
            {
                return Decide(rule, by) is { IsEmpty: false } attempt ? attempt : null;
            }
            catch (TaskLockingException)
            {
                return null;
            }
        }
    }

    // Null if the decision has to wait for the lock: what somebody else wrote has to be adopted first.
    private Attempt<TAnswer>? Prepare<TAnswer>(ITaskRule<TAnswer> rule, string by)
    {
        lock (_gate)
        {
            Refresh();
            return _image is { Foreign: null, IsDocumentBroken: false } ? Decide(rule, by) : null;
        }
    }

    private Attempt<TAnswer> Decide<TAnswer>(ITaskRule<TAnswer> rule, string by)
    {
        var state = _image!.State;
        var draft = new TaskDraft(state, _options.Clock.GetUtcNow(), by, state.Version + 1, state.NextTaskNumber);
        try
        {
            return new Attempt<TAnswer>(rule.Decide(draft), draft);
        }
        finally
        {
            draft.Release();
        }
    }

    private TAnswer Unchanged<TAnswer>(Attempt<TAnswer> attempt, CommitOptions options, CancellationToken cancellationToken)
    {
        JournalFile? journal;
        lock (_gate)
            journal = _image?.Journal;
        // "Already so" may rest on a line that its writer has not flushed yet.
        if (journal is not null && !_flush.IsDurable(attempt.Version - 1))
        {
            if (journal.HasEnded())
                _turn.Leave(LockOptions.OnTheWay(options.Timeout ?? Patience, options.OnWait), cancellationToken);
            else
                _flush.Run(new WrittenLine(journal, attempt.Version - 1));
        }
        options.OnCommitted?.Invoke(new CommitReport(attempt.Version - 1, TimeSpan.Zero, TimeSpan.Zero, Wrote: false));
        return attempt.Answer;
    }

    private TAnswer Finish<TAnswer>(Attempt<TAnswer> attempt, WrittenLine line, CommitOptions options, TimeSpan waited, TimeSpan heldFor, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled && !attempt.IsEmpty)
            _flush.RunUnlessCancelled(line, cancellationToken);
        else
            _flush.Run(line);
        Failpoint.Hit("commit.after-flush");
        if (_options.OneShot)
            line.Journal.Settle();
        _publisher.AfterCommit();
        options.OnCommitted?.Invoke(new CommitReport(line.Version, waited, heldFor, Wrote: !attempt.IsEmpty) { Ended = attempt.Ended });
        return attempt.Answer;
    }

    // What others have committed meanwhile. Who works at the same time as others shares the way to the disk with them.
    private void Peek(StoreImage image)
    {
        if (image.Peek() && !_options.OneShot && !_isNetwork.Value)
            image.Journal!.JoinGroup();
    }
}

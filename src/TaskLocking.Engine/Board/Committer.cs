using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using TaskLocking.Faults;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.Board;

/// <summary>
/// The store over any log. A commit is: prepare without the lock; lock, catch up, decide again if what was looked at has changed, append
/// one line, unlock; make it last outside the lock, and only then answer.
/// </summary>
/// <remarks>
/// Failure modes: what fails before the append changes nothing; what fails after it is CommitUncertain, and the log sees to it that nobody
/// goes on from what did not last. Two locks, always in this order: the lock of the log, then its gate, which guards the state in memory
/// and is never held during a wait.
/// </remarks>
/// <param name="log">Where the commits are; owned by the store from now on.</param>
/// <param name="clock">The time of commits.</param>
internal class Committer(ICommitLog log, TimeProvider clock) : ITaskStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly object _gate = log.Gate;
    private readonly Foresight _foresight = new();

    /// <inheritdoc/>
    public ITaskLocks Locks => log.Locks;

    /// <inheritdoc/>
    public ITaskArchive Archive => log.Archive;

    /// <inheritdoc/>
    public void Begin(TimeSpan timeout, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        log.RefuseUnsafe();
        lock (_gate)
            _ = log.Follow();
        if (!log.HasBegun)
            _ = log.Begin(timeout, onWait, cancellationToken);
    }

    /// <inheritdoc/>
    public ITaskState Read(CancellationToken cancellationToken = default) => log.Read(cancellationToken);

    /// <inheritdoc/>
    public TAnswer Transact<TAnswer>(
        ITaskRule<TAnswer> rule, LockSession session, CommitOptions options, CancellationToken cancellationToken = default)
    {
        try
        {
            return Commit(rule, session, options, cancellationToken);
        }
        catch (TaskLockingException uncertain) when (uncertain.Refusal.Code == RefusalCode.CommitUncertain)
        {
            log.LeaveFailed();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool WaitForChange(long version, TimeSpan atMost, CancellationToken cancellationToken = default) =>
        log.WaitForChange(version, atMost, cancellationToken);

    /// <inheritdoc/>
    public ICommitTail OpenTail(long? after) => log.OpenTail(after);

    /// <inheritdoc/>
    public SyncReport Sync(CommitOptions options, CancellationToken cancellationToken = default) => log.Sync(options, cancellationToken);

    /// <inheritdoc/>
    public void Tell(StoreNotice notice) => log.Tell(notice);

    /// <inheritdoc/>
    public IReadOnlyList<StoreNotice> TakeNotices() => log.TakeNotices();

    /// <inheritdoc/>
    public void Dispose()
    {
        log.Dispose();
        GC.SuppressFinalize(this);
    }

    private TAnswer Commit<TAnswer>(
        ITaskRule<TAnswer> rule, LockSession session, CommitOptions options, CancellationToken cancellationToken)
    {
        log.RefuseUnsafe();
        var deadline = new Deadline(options.Timeout ?? Patience);
        var by = options.By ?? Author.Default;
        // Everything runs once before the lock: code is compiled, the document parsed, and what is refused anyway never locks. While the
        // lock is waited for, what others commit is read as it comes. A decision is made again only if something it looked at changed.
        var isLeft = log.Group is { IsBusy: true } || IsLeftToTurn(rule);
        var attempt = isLeft ? null : PrepareQuickly(rule, by);
        if (!isLeft && attempt is not { IsEmpty: false })
            attempt = Prepare(rule, by, attempt);
        var waitedForBeginning = TimeSpan.Zero;
        if (attempt is not { IsEmpty: true } && !log.HasBegun)
        {
            waitedForBeginning = log.Begin(deadline.Remaining, options.OnWait, cancellationToken);
            attempt = Prepare(rule, by, attempt);
        }
        if (attempt is { IsEmpty: true })
            return Unchanged(attempt, options, cancellationToken);
#if PLANTED_BUGS
        if (PlantedBug.AnswerBeforeAppend && attempt is not null
            && PlantedBug.Later(() => Transact(rule, session, options, CancellationToken.None)))
            return attempt.Answer;
#endif
        if (attempt is not null)
            log.Rehearse(attempt, session);
        var asked = Stopwatch.GetTimestamp();
        if (log.Group is { } group)
        {
            if (TryInGroup(group, rule, by, session, options, deadline, ref attempt, isLeft, cancellationToken))
                return attempt!.Answer;
            isLeft = false;
        }
        while (true)
        {
            string? held;
            using (var turn = log.Lock(deadline.Remaining, options.OnWait, KeepUp, cancellationToken))
            {
                var waited = waitedForBeginning + Deadline.Since(asked);
                var taken = Stopwatch.GetTimestamp();
                var heldFor = TimeSpan.Zero;
                Failpoint.Hit("commit.locked");
                lock (_gate)
                {
                    if (turn.CatchUp() is not { } state)
                        continue;
                    attempt = InTurn(rule, by, state, attempt, isLeft);
                    isLeft = false;
                    held = attempt.IsEmpty ? null : turn.FindHeld(attempt.HeldNames, session);
                    if (held is null)
                    {
                        if (attempt.Above > 0)
                            _ = SkippedVersions.UpTo(state, attempt.Above);
                        var line = attempt.IsEmpty ? null : attempt.LineFor(state);
                        if (!turn.Append(ref line, attempt, state))
                            continue;
                        heldFor = Deadline.Since(taken);
                        if (line is not null)
                            attempt.ApplyTo(state, line);
                        state.Tidy();
                    }
                }
                if (held is null)
                    return Finish(attempt, turn, options, waited, heldFor, cancellationToken);
            }
            if (attempt.HasChosen(held))
                attempt = null; // Another one will do, as it would have if somebody had held this one then.
            else
                log.WaitUntilFree(held, session, deadline, options.OnWait, cancellationToken);
        }

        void KeepUp()
        {
            lock (_gate)
            {
                if (log.Peek() is not { } state || attempt is null || isLeft || attempt.HoldsOn(state))
                    return;
                // What was taken away once is taken away again before the turn comes: who decides anew at each commit of others keeps them
                // from the processor. Anything else is refused at once where it cannot be any more.
                isLeft = attempt.IsOneOfMany;
                if (!isLeft)
                    attempt = Decide(rule, by, state);
            }
        }
    }

    // False if the commit has to be made under the lock, by itself. What is refused, and what needs no commit, is told of what the log
    // says.
    private bool TryInGroup<TAnswer>(ICommitGroup group, ITaskRule<TAnswer> rule, string by, LockSession session, CommitOptions options,
        Deadline deadline, ref Attempt<TAnswer>? attempt, bool isLeft, CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var left = isLeft;
            var job = new GroupJob<TAnswer>(rule, session, deadline, attempt, (state, made) =>
            {
                var decided = InTurn(rule, by, state, made, left);
                left = false;
                return decided;
            });
            var end = attempt is { CanBeTried: false } ? GroupEnd.Alone : group.Run(job, options.OnWait, cancellationToken);
            attempt = job.Made;
            if (end == GroupEnd.Written)
            {
                Failpoint.Hit("commit.after-flush");
                options.OnCommitted?.Invoke(new CommitReport(attempt!.Version, Deadline.Since(deadline.Began), TimeSpan.Zero, Wrote: true)
                {
                    Ended = attempt.Ended,
                    LongTodos = attempt.LongTodos,
                });
                return true;
            }
            attempt = null;
            if (end == GroupEnd.Alone || !isFirst)
                return false;
            attempt = Prepare(rule, by, null);
            isLeft = false;
            if (attempt is not { IsEmpty: true })
                continue;
            Unchanged(attempt, options, cancellationToken);
            return true;
        }
    }

    private bool IsLeftToTurn<TAnswer>(ITaskRule<TAnswer> rule)
    {
        lock (_gate)
            return _foresight.IsVain(rule) && log.Peek() is not null && log.HasBegun;
    }

    // What holds of what was decided before the turn, else what is decided now.
    private Attempt<TAnswer> InTurn<TAnswer>(ITaskRule<TAnswer> rule, string by, BoardState state, Attempt<TAnswer>? made, bool isLeft)
    {
        var holds = !isLeft && made?.HoldsOn(state) == true;
        if (made is { IsOneOfMany: true })
            _foresight.Told(rule, holds);
        var attempt = holds ? made! : Decide(rule, by, state);
        if (attempt.IsEmpty)
            _foresight.Rest();
        return attempt;
    }

    // What is to be written is judged again under the lock, so a state that may be a moment old, or whose files were changed below us, is
    // good enough to decide on. Null if it is not: a refusal, like "already so", is told only of what the log says now.
    private Attempt<TAnswer>? PrepareQuickly<TAnswer>(ITaskRule<TAnswer> rule, string by)
    {
        lock (_gate)
        {
            if (log.Peek() is not { } state)
                return null;
            try
            {
                return Decide(rule, by, state);
            }
            catch (TaskLockingException)
            {
                return null;
            }
        }
    }

    // Null if the decision has to wait for the lock: what somebody else wrote has to be adopted first. One that was made before stays where
    // the log says nothing else.
    private Attempt<TAnswer>? Prepare<TAnswer>(ITaskRule<TAnswer> rule, string by, Attempt<TAnswer>? made)
    {
        lock (_gate)
        {
            if (log.Follow() is not { } state)
                return null;
            return made?.HoldsOn(state) == true ? made : Decide(rule, by, state);
        }
    }

    private Attempt<TAnswer> Decide<TAnswer>(ITaskRule<TAnswer> rule, string by, BoardState state)
    {
        var draft = new TaskDraft(state, clock.GetUtcNow(), by, state.Version + 1, state.NextTaskNumber, log.Archive);
        try
        {
            var answer = rule.Decide(draft);
            FamilyRise.Settle(draft);
            return new Attempt<TAnswer>(answer, draft);
        }
        finally
        {
            draft.Release();
        }
    }

    private TAnswer Unchanged<TAnswer>(Attempt<TAnswer> attempt, CommitOptions options, CancellationToken cancellationToken)
    {
        // "Already so" may rest on a line that its writer has not flushed yet; that nothing is to be had rests on nothing.
        if (!attempt.RestsOnNothing)
            log.MakeSure(attempt.Version - 1, options.Timeout ?? Patience, options.OnWait, cancellationToken);
        options.OnCommitted?.Invoke(new CommitReport(attempt.Version - 1, TimeSpan.Zero, TimeSpan.Zero, Wrote: false)
        {
            Replayed = attempt.IsReplay,
        });
        return attempt.Answer;
    }

    private static TAnswer Finish<TAnswer>(
        Attempt<TAnswer> attempt, ICommitTurn turn, CommitOptions options, TimeSpan waited, TimeSpan heldFor,
        CancellationToken cancellationToken)
    {
        if (!attempt.RestsOnNothing)
            turn.MakeDurable(attempt.IsEmpty ? CancellationToken.None : cancellationToken);
        Failpoint.Hit("commit.after-flush");
        turn.Conclude(!attempt.IsEmpty);
        options.OnCommitted?.Invoke(
            new CommitReport(attempt.Version - (attempt.IsEmpty ? 1 : 0), waited, heldFor, Wrote: !attempt.IsEmpty)
            {
                Ended = attempt.Ended,
                Replayed = attempt.IsReplay,
                LongTodos = attempt.LongTodos,
            });
        return attempt.Answer;
    }
}

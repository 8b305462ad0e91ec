using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// The commits of a process that wait at the same time. While a call is on its way, those who come wait in a queue; when it is back, the
/// first of them leads: its thread decides all of them, one on the other, and sends them in the next call. So nobody waits for company, and
/// the more there are the less each costs. Each is answered for itself: what one is refused for does not concern the others.
/// </summary>
/// <remarks>
/// What was refused by the server goes once more under the lock of the board, and so does what was refused again and again lately; there
/// it is the last word. A caller whose time is over leaves the queue; where his line is on its way he is told that nobody knows, and the
/// next of the batch sends it on.
/// </remarks>
internal sealed class CommitGroup(PostgresLog log) : ICommitGroup
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    private readonly List<GroupEntry> _waiting = []; // it guards the states of all
    private readonly HotRules _hot = new();
    private bool _isLed;

    public bool IsBusy => Volatile.Read(ref _isLed);

    /// <summary>How many are in the queue.</summary>
    public int Waiting
    {
        get
        {
            lock (_waiting)
                return _waiting.Count;
        }
    }

    public GroupEnd Run(IGroupJob job, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        var entry = new GroupEntry(job);
        while (true)
        {
            if (!TryLead(entry))
                Await(entry, onWait, cancellationToken);
            if (entry.State == GroupState.Leads)
                Lead(entry, onWait, cancellationToken);
            if (entry.Fault is { } fault)
                throw fault;
            if (entry.End is { } end)
                return end;
            if (++entry.Tries > 2 && job.Deadline.Remaining == TimeSpan.Zero)
                throw log.Busy(job.Deadline);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private bool TryLead(GroupEntry entry)
    {
        lock (_waiting)
        {
            if (!_isLed)
            {
                entry.State = GroupState.Leads;
                Volatile.Write(ref _isLed, true);
                return true;
            }
            entry.State = GroupState.Waits;
            _waiting.Add(entry);
            return false;
        }
    }

    // Until it is to lead, or it is known what became of it.
    private void Await(GroupEntry entry, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (entry.Signal.Wait(Slice, cancellationToken))
                    return;
            }
            catch (OperationCanceledException) when (!TryLeave(entry))
            {
                cancellationToken = default; // What is written cannot be called back.
                continue;
            }
            onWait?.Invoke(new LockWait(log.Connections.Address.Board, Deadline.Since(entry.Job.Deadline.Began), LockHolder.Unknown));
            if (entry.Job.Deadline.Remaining == TimeSpan.Zero && TryLeave(entry))
                throw log.Busy(entry.Job.Deadline);
            if (CommitSender.Patience(entry.Job.Deadline) == TimeSpan.Zero && TryGiveUp(entry))
                throw log.Sender.Uncertain(entry.Line!, null);
        }
    }

    private bool TryLeave(GroupEntry entry)
    {
        lock (_waiting)
            return entry.State == GroupState.Waits && _waiting.Remove(entry);
    }

    private bool TryGiveUp(GroupEntry entry)
    {
        lock (_waiting)
        {
            if (entry.State != GroupState.IsSent)
                return false;
            entry.State = GroupState.Ended;
            return true;
        }
    }

    private void Lead(GroupEntry leader, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        GroupEntry? next = null;
        try
        {
            if (leader.Resumed is { } batch)
            {
                log.TakeTurn(new Deadline(Timeout.InfiniteTimeSpan), onWait, () => { }, default);
                next = SendAgain(leader, batch);
                return;
            }
            log.TakeTurn(leader.Job.Deadline, onWait, () => { }, cancellationToken);
            if (leader.MustLock || IsHot(leader))
                next = RunLocked(leader, onWait, cancellationToken);
            else
                next = RunDirect(leader);
        }
        catch (TaskLockingException fault)
        {
            leader.Fault = fault;
        }
        finally
        {
            HandOver(leader, next);
        }
    }

    private bool IsHot(GroupEntry leader)
    {
        lock (_waiting)
            return _waiting.Exists(entry => entry.MustLock) || _hot.Has(_waiting.Select(entry => entry.Job.Rule).Prepend(leader.Job.Rule));
    }

    // One call, which finds out whether all still holds.
    private GroupEntry? RunDirect(GroupEntry leader)
    {
        try
        {
            lock (log.Gate)
            {
                if (log.Copy is null)
                    _ = log.Follow();
                var copy = log.Copy ?? throw new TaskLockingException(RefusalCode.StoreUnavailable, "The board was removed meanwhile.");
                var batch = new GroupBatch(log, copy);
                return Conclude(leader, batch, () =>
                {
                    // Whether a task is held the server sees, in the transaction that writes the line.
                    if (!Collect(batch, leader, _ => false))
                        return;
                    var answer = log.Sender.Send(batch.Close(leader.Job.Session, isLocked: false), WaitOf(leader.Job.Deadline),
                        leader.Job.Deadline);
                    if (answer is null)
                    {
                        batch.Again();
                        return;
                    }
                    batch.Settle(answer);
                    Learn(batch);
                });
            }
        }
        finally
        {
            log.Turn.Release();
        }
    }

    private GroupEntry? RunLocked(GroupEntry leader, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        LockedTurn turn;
        try
        {
            turn = LockedTurn.Begin(log, leader.Job.Deadline, onWait, () => { }, cancellationToken);
        }
        catch
        {
            log.Turn.Release();
            throw;
        }
        using (turn)
        {
            lock (log.Gate)
            {
                if (turn.CatchUp() is null)
                    return null;
                var batch = new GroupBatch(log, log.Copy!);
                return Conclude(leader, batch, () =>
                {
                    if (!Collect(batch, leader, job => turn.FindHeld(job.Attempt!.HeldNames, job.Session) is not null))
                        return;
                    var request = batch.Close(leader.Job.Session, isLocked: true);
                    switch (turn.Write(request, request.Expected + 1, out var answer))
                    {
                        case null:
                            batch.Keep();
                            break;
                        case SqlFaultKind.Unknown:
                            batch.Settle(answer!);
                            break;
                        default:
                            batch.Again();
                            break;
                    }
                });
            }
        }
    }

    // Nobody could be asked what became of it while the one who led had time; the others of the batch have more.
    private GroupEntry? SendAgain(GroupEntry leader, GroupBatch batch)
    {
        leader.Resumed = null;
        try
        {
            lock (log.Gate)
            {
                return Conclude(leader, batch, () =>
                    batch.Settle(log.Sender.Send(batch.Request, TimeSpan.Zero, leader.Job.Deadline, isSent: true)!));
            }
        }
        finally
        {
            log.Turn.Release();
        }
    }

    // Takes those who wait into the batch, as long as there is room; false if it is empty.
    private bool Collect(GroupBatch batch, GroupEntry leader, Func<IGroupJob, bool> isHeld)
    {
        for (var entry = leader; entry is not null; entry = batch.HasRoom ? TakeNext(leader) : null)
        {
            var isIn = false;
            try
            {
                isIn = batch.TryAdd(entry, isHeld);
            }
            finally
            {
                if (!isIn && entry != leader)
                {
                    entry.End ??= GroupEnd.Alone;
                    End(entry);
                }
            }
        }
        return batch.Entries.Count > 0;
    }

    // What may pass by the holds of one session may not by those of another.
    private GroupEntry? TakeNext(GroupEntry leader)
    {
        lock (_waiting)
        {
            var at = _waiting.FindIndex(entry => entry.Resumed is null && (ReferenceEquals(entry.Job.Session, leader.Job.Session)
                || entry.Job.Session.AllNames().SequenceEqual(leader.Job.Session.AllNames(), StringComparer.Ordinal)));
            if (at < 0)
                return null;
            var next = _waiting[at];
            _waiting.RemoveAt(at);
            next.State = GroupState.IsSent;
            return next;
        }
    }

    // Sends, and tells each what became of it; gives who is to send again where nobody knows.
    private GroupEntry? Conclude(GroupEntry leader, GroupBatch batch, Action send)
    {
        try
        {
            send();
        }
        catch (TaskLockingException fault) when (fault.Refusal.Code == RefusalCode.CommitUncertain)
        {
            batch.TakeBack();
            leader.Fault = leader.Line is { } line ? log.Sender.Uncertain(line, fault.InnerException) : fault;
            return Heir(leader, batch);
        }
        catch (TaskLockingException) when (batch.Entries.Count > 1)
        {
            // Something of one of them; each finds out by itself.
            batch.TakeBack();
            foreach (var entry in batch.Entries)
                entry.End = GroupEnd.Alone;
        }
        catch (Exception fault)
        {
            batch.TakeBack();
            foreach (var entry in batch.Entries.Where(entry => entry != leader))
                entry.Fault = log.Sender.Uncertain(entry.Line!, fault);
            EndAll(leader, batch);
            throw;
        }
        EndAll(leader, batch);
        return null;
    }

    private GroupEntry? Heir(GroupEntry leader, GroupBatch batch)
    {
        lock (_waiting)
        {
            var heir = batch.Entries.Where(entry => entry != leader && entry.State == GroupState.IsSent)
                .MaxBy(entry => CommitSender.Patience(entry.Job.Deadline));
            if (heir is not null)
                (heir.Resumed, heir.State) = (batch, GroupState.Leads); // So he does not give up before he is told.
            return heir;
        }
    }

    private void EndAll(GroupEntry leader, GroupBatch batch)
    {
        foreach (var entry in batch.Entries)
        {
            if (entry != leader)
                End(entry);
        }
    }

    private void End(GroupEntry entry)
    {
        lock (_waiting)
        {
            if (entry.State != GroupState.IsSent)
                return; // He has given up.
            entry.State = GroupState.Ended;
        }
        entry.Signal.Release();
    }

    private void HandOver(GroupEntry leader, GroupEntry? next)
    {
        lock (_waiting)
        {
            leader.State = GroupState.Ended;
            if (next is null && _waiting.Count > 0)
            {
                next = _waiting[0];
                _waiting.RemoveAt(0);
            }
            if (next is null)
            {
                Volatile.Write(ref _isLed, false);
                return;
            }
            next.State = GroupState.Leads;
        }
        next.Signal.Release();
    }

    private void Learn(GroupBatch batch)
    {
        lock (_waiting)
        {
            foreach (var entry in batch.Entries)
            {
                if (entry.Line!.Keys.Reads is null)
                    _hot.Told(entry.Job.Rule, entry.End == GroupEnd.Written);
            }
        }
    }

    // What is held for moments only is waited for a moment in any case.
    private static TimeSpan WaitOf(Deadline deadline)
    {
        var left = deadline.Remaining;
        return left == Timeout.InfiniteTimeSpan || left > Slice ? Slice : TimeSpan.FromMilliseconds(Math.Max(left.TotalMilliseconds, 50));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Model;

namespace TaskLocking.Tests.Contract;

/// <summary>The locks of the tasks of a <see cref="MemoryJournal"/>.</summary>
internal sealed class MemoryLocks(MemoryJournal journal) : ITaskLocks
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    public TaskHold Hold(
        IReadOnlyList<string> ids, LockSession session, HoldOptions options, CancellationToken cancellationToken = default)
    {
        var ordered = ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        session.RefuseDisorder(ordered);
        var deadline = new Deadline(options.Timeout ?? TimeSpan.FromSeconds(5));
        var hold = new MemoryHold(journal, session.Id, ordered);
        while (!TryTake(ordered, hold, out var taken))
        {
            if (session.LetsThrough(journal.Holds.GetValueOrDefault(taken)?.Session))
                throw HoldRefusals.Recursion(taken);
            WaitUntilFree(taken, deadline, options.OnWait, cancellationToken);
        }
        // A commit that saw them free has been written after this.
        journal.Turn.Wait(CancellationToken.None);
        journal.Turn.Release();
        return TaskHold.Begin(session, ordered, hold,
            new LockHolder(Environment.ProcessId, options.Agent, Environment.MachineName, DateTimeOffset.UtcNow, options.Doing),
            Deadline.Since(deadline.Began));
    }

    public string? FindHeld(IEnumerable<string> ids, LockSession session)
    {
        lock (journal.Gate)
            return ids.FirstOrDefault(id => journal.Holds.TryGetValue(id, out var hold) && !session.LetsThrough(hold.Session));
    }

    public LockHolder HolderOf(string id)
    {
        lock (journal.Gate)
            return journal.Holds.GetValueOrDefault(id)?.Holder ?? LockHolder.Unknown;
    }

    public void WaitUntilFree(string id, Deadline deadline, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (journal.Gate)
            {
                if (!journal.Holds.ContainsKey(id))
                    return;
                if (deadline.Remaining != TimeSpan.Zero)
                    Monitor.Wait(journal.Gate, Slice);
            }
            cancellationToken.ThrowIfCancellationRequested();
            var holder = HolderOf(id);
            if (deadline.Remaining == TimeSpan.Zero)
                throw new TaskLockingException(new Refusal(RefusalCode.LockTimeout, $"Task {id} is held by {holder}.")
                {
                    TaskId = id,
                    Holder = holder,
                });
            onWait?.Invoke(new LockWait(id, Deadline.Since(deadline.Began), holder));
        }
    }

    private bool TryTake(List<string> ids, MemoryHold hold, out string taken)
    {
        lock (journal.Gate)
        {
            taken = ids.Find(journal.Holds.ContainsKey) ?? "";
            if (taken.Length > 0)
                return false;
            foreach (var id in ids)
                journal.Holds.Add(id, hold);
            return true;
        }
    }
}

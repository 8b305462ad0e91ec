using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Characters;
using TaskLocking.Locking;
using TaskLocking.Model;

namespace TaskLocking.Tests.Contract;

/// <summary>The locks of the tasks and resources of a <see cref="MemoryJournal"/>.</summary>
internal sealed class MemoryLocks(MemoryJournal journal) : ITaskLocks
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    public TaskHold Hold(
        IReadOnlyList<HoldItem> items, LockSession session, HoldOptions options, CancellationToken cancellationToken = default)
    {
        var ordered = session.InOrder(items);
        var deadline = new Deadline(options.Timeout ?? TimeSpan.FromSeconds(5));
        var hold = new MemoryHold(journal, session.Id, ordered);
        while (TryTake(ordered, hold, session) is { } obstacle)
        {
            if (obstacle.IsResource)
                WaitForRoom(obstacle, deadline, options.OnWait, cancellationToken);
            else
                WaitUntilFree(obstacle.Name, deadline, options.OnWait, cancellationToken);
        }
        // A commit that saw them free has been written after this.
        journal.Turn.Wait(CancellationToken.None);
        journal.Turn.Release();
        return TaskHold.Begin(session, ordered, hold,
            new LockHolder(Environment.ProcessId, options.Agent, Environment.MachineName, DateTimeOffset.UtcNow, options.Doing),
            Deadline.Since(deadline.Began));
    }

    public IReadOnlyList<ResourceUse> GetResources()
    {
        lock (journal.Gate)
            return Users(_ => true);
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

    private void WaitForRoom(HoldItem wanted, Deadline deadline, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        lock (journal.Gate)
        {
            var users = Users(name => name == wanted.Name);
            if (users.Count > 0 && deadline.Remaining == TimeSpan.Zero)
                throw HoldRefusals.Timeout(wanted, deadline.Timeout, users, LockHolder.Unknown);
            if (users.Count > 0)
                Monitor.Wait(journal.Gate, Slice);
        }
        cancellationToken.ThrowIfCancellationRequested();
        onWait?.Invoke(new LockWait(wanted.Name, Deadline.Since(deadline.Began), Users(name => name == wanted.Name) is [var use, ..]
            ? use.Holder : LockHolder.Unknown));
    }

    private IReadOnlyList<ResourceUse> Users(Func<string, bool> isAsked)
    {
        lock (journal.Gate)
        {
            return ResourcePlaces.Ordered(journal.Places.Where(place => isAsked(place.Item.Name))
                .Select(place => ResourceUse.Of(place.Item.Name, place.Item.Limit, place.Hold.Holder)));
        }
    }

    // What stands in the way; null if nothing did.
    private HoldItem? TryTake(HoldItem[] items, MemoryHold hold, LockSession session)
    {
        lock (journal.Gate)
        {
            foreach (var item in items)
            {
                var others = item.IsResource ? journal.Places.Where(place => place.Item.Name == item.Name).ToList() : [];
                var owners = item.IsResource ? others.ConvertAll(place => place.Hold.Session)
                    : journal.Holds.TryGetValue(item.Name, out var owner) ? [owner.Session] : [];
                if (owners.Exists(session.LetsThrough))
                    throw HoldRefusals.Recursion(item);
                if (item.IsResource && journal.Places.Select(place => place.Item.Name).FirstOrDefault(
                    name => name != item.Name && LookAlike.Comparer.Equals(name, item.Name)) is { } like)
                    throw HoldRefusals.LooksLike(item, like);
                if (item.IsResource ? !ResourcePlaces.HasRoom(item.Limit, others.ConvertAll(place => place.Item.Limit)) : owners.Count > 0)
                    return item;
            }
            foreach (var item in items)
            {
                if (item.IsResource)
                    journal.Places.Add((item, hold));
                else
                    journal.Holds.Add(item.Name, hold);
            }
            return null;
        }
    }
}

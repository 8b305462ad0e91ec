using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// Tasks and resources that a session holds. Dispose it to let go; safe to dispose twice and from any thread. The end of the process,
/// however it comes, lets go as well, but for a process that the hold was handed to.
/// </summary>
public sealed class TaskHold : IDisposable
{
    private readonly LockSession _session;
    private readonly long _taken = Stopwatch.GetTimestamp();
    private readonly LockHolder _holder;
    private IHeldLocks? _locks;
    private bool _isHandedOver;

    private TaskHold(LockSession session, IReadOnlyList<HoldItem> items, IHeldLocks locks, LockHolder holder)
    {
        _session = session;
        _locks = locks;
        _holder = holder;
        Items = FixedList<HoldItem>.Of(items);
        Ids = FixedList<string>.Of(items.Where(item => !item.IsResource).Select(item => item.Name));
        Resources = FixedList<ResourceLimit>.Of(
            items.Where(item => item.IsResource).Select(item => new ResourceLimit(item.Name, item.Limit)));
        LockNames = locks.Names;
    }

    /// <summary>The held tasks in ordinal order.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The held resources in ordinal order.</summary>
    public IReadOnlyList<ResourceLimit> Resources { get; }

    /// <summary>The name that others are told.</summary>
    public string? Agent => _holder.Agent;

    /// <summary>When the last of the locks was taken.</summary>
    public DateTimeOffset Since => _holder.Since!.Value;

    /// <summary>How long the wait was.</summary>
    public TimeSpan Waited { get; private init; }

    /// <summary>Whether it still holds.</summary>
    public bool IsHeld => _locks is not null;

    /// <summary>All of it, in the order in which it was taken.</summary>
    internal IReadOnlyList<HoldItem> Items { get; }

    /// <inheritdoc cref="IHeldLocks.Names"/>
    internal IReadOnlyList<string> LockNames { get; }

    /// <summary>Called once, after everything was let go, with how long it was held.</summary>
    internal Action<TimeSpan>? Released { get; set; }

    /// <summary>
    /// Starts a process that goes on holding them, with all that inherit its open files: until the last of them has ended, whatever
    /// becomes of this one. To let go is then its matter, unless <see cref="TakeBack"/> says that it has ended.
    /// </summary>
    /// <param name="start">Starts it, so that it inherits these open files, the first with the lowest number; gives its id.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ObjectDisposedException">The hold has ended.</exception>
    public int HandTo(Func<IReadOnlyList<SafeHandle>, int> start)
    {
        var locks = _locks ?? throw new ObjectDisposedException(nameof(TaskHold));
        var pid = start(locks.Handles);
        _isHandedOver = true;
        locks.Tell(new LockHolder(pid, _holder.Agent, _holder.Host, _holder.Since, _holder.Doing));
        return pid;
    }

    /// <summary>The process that the hold was handed to has ended: what it left behind works without it.</summary>
    public void TakeBack() => _isHandedOver = false;

    /// <summary>Lets go of all of it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _locks, null) is not { } locks)
            return;
        _session.Remove(this);
        locks.Release(_isHandedOver);
        Released?.Invoke(Deadline.Since(_taken));
    }

    /// <summary>Begins to hold what has been locked.</summary>
    /// <param name="session">In whose name.</param>
    /// <param name="items">Tasks and resources in their order.</param>
    /// <param name="locks">What keeps others away from them.</param>
    /// <param name="holder">What others are told.</param>
    /// <param name="waited">How long the wait was.</param>
    internal static TaskHold Begin(
        LockSession session, IReadOnlyList<HoldItem> items, IHeldLocks locks, LockHolder holder, TimeSpan waited)
    {
        var hold = new TaskHold(session, items, locks, holder) { Waited = waited };
        locks.Tell(holder);
        session.Add(hold);
        return hold;
    }
}

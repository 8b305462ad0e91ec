using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// Tasks that a session holds, by leases that are renewed three times in the time that they last. A lease that was lost is not taken again:
/// others may have been in; the holder is told, and his changes of the tasks meet whoever has them now.
/// </summary>
internal sealed class ServerHold : IHeldLocks
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly ServerLocks _locks;
    private readonly int _board;
    private readonly string _session;
    private readonly IReadOnlyList<string> _tasks;
    private readonly string? _start;
    private readonly Timer _timer;
    private LockHolder? _told;
    private int _isOver;

    /// <summary>Begins to renew what was taken.</summary>
    public ServerHold(ServerLocks locks, int board, string session, IReadOnlyList<string> tasks, string? start)
    {
        _locks = locks;
        _board = board;
        _session = session;
        _tasks = tasks;
        _start = start;
        Names = [.. tasks.Select(task => $"{board}:{task}")];
        _timer = new Timer(_ => Renew(), null, Period, Period);
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<SafeHandle> Handles => [];

    public void Tell(LockHolder holder)
    {
        var before = Interlocked.Exchange(ref _told, holder);
        if (before is null || before == holder)
            return; // It was taken in this name.
        try
        {
            _locks.Tell(_board, _tasks, _session, HolderJson.Write(holder,
                holder.Pid is { } pid ? ProcessLiveness.StartOf(pid) ?? _start : _start));
        }
        catch (TaskLockingException)
        {
            // A hint.
        }
    }

    public void Release(bool isHandedOver)
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            return;
        _timer.Dispose();
        _locks.Forget(this);
        if (isHandedOver)
            return; // Whoever goes on has what is left of the lease.
        try
        {
            _locks.Free(_board, _tasks, _session);
        }
        catch (TaskLockingException)
        {
            // It runs out by itself.
        }
    }

    private void Renew()
    {
        try
        {
            if (Volatile.Read(ref _isOver) == 0 && _locks.Renew(_board, _tasks, _session) < _tasks.Count
                && Volatile.Read(ref _isOver) == 0)
                _locks.Tell(new StoreNotice(StoreNoticeKind.HoldDisturbed,
                    $"The lease on {string.Join(", ", _tasks)} was lost while it was held: it could not be renewed in time, and others may "
                    + "have been let in since. See the history of what you held."));
        }
        catch (Exception fault) when (fault is TaskLockingException or ObjectDisposedException)
        {
            // The next time comes before the lease has run out.
        }
    }
}

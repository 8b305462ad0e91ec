using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>
/// Tasks and resources that a session holds, by leases that are renewed three times in the time that they last. A lease that was lost is
/// not taken again: others may have been in; the holder is told, and his changes of the tasks meet whoever has them now.
/// </summary>
internal sealed class ServerHold : IHeldLocks
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly ServerLocks _locks;
    private readonly int _board;
    private readonly string _session;
    private readonly string[] _tasks;
    private readonly string[] _resources;
    private readonly string? _start;
    private readonly Timer _timer;
    private readonly string[] _names;
    private LockHolder? _told;
    private int _isOver;

    /// <summary>Begins to renew what was taken.</summary>
    public ServerHold(ServerLocks locks, int board, string session, HoldItem[] items, string? start)
    {
        _locks = locks;
        _board = board;
        _session = session;
        _tasks = Names(items, isResource: false);
        _resources = Names(items, isResource: true);
        _start = start;
        _names = Array.ConvertAll(items, item => item.IsResource ? $"{board}#{item.Name}" : $"{board}:{item.Name}");
        _timer = new Timer(_ => Renew(), null, Period, Period);
    }

    IReadOnlyList<string> IHeldLocks.Names => _names;

    public IReadOnlyList<SafeHandle> Handles => [];

    public void Tell(LockHolder holder)
    {
        var before = Interlocked.Exchange(ref _told, holder);
        if (before is null || before == holder)
            return; // It was taken in this name.
        try
        {
            var json = HolderJson.Write(holder, holder.Pid is { } pid ? ProcessLiveness.StartOf(pid) ?? _start : _start);
            _ = Each(names => _locks.Tell(_board, names, _session, json), names => _locks.Resources.Tell(_board, names, _session, json));
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
            _ = Each(names => _locks.Free(_board, names, _session), names => _locks.Resources.Free(_board, names, _session));
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
            if (Volatile.Read(ref _isOver) == 0
                && Each(names => _locks.Renew(_board, names, _session), names => _locks.Resources.Renew(_board, names, _session))
                    < _names.Length
                && Volatile.Read(ref _isOver) == 0)
                _locks.Tell(new StoreNotice(StoreNoticeKind.HoldDisturbed,
                    $"The lease on {string.Join(", ", _tasks.Concat(_resources))} was lost while it was held: it could not be renewed "
                    + "in time, and others may "
                    + "have been let in since. See the history of what you held."));
        }
        catch (Exception fault) when (fault is TaskLockingException or ObjectDisposedException)
        {
            // The next time comes before the lease has run out.
        }
    }

    private static string[] Names(HoldItem[] items, bool isResource) =>
        [.. items.Where(item => item.IsResource == isResource).Select(item => item.Name)];

    private int Each(Func<string[], int> ofTasks, Func<string[], int> ofResources) =>
        (_tasks.Length > 0 ? ofTasks(_tasks) : 0) + (_resources.Length > 0 ? ofResources(_resources) : 0);
}

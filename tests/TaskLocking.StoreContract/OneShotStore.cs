using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.StoreContract;

/// <summary>A store that is opened anew for every call, and closed behind it. What it told is kept; so are locks that somebody
/// holds.</summary>
internal sealed class OneShotStore(Func<ITaskStore> open) : ITaskStore
{
    private readonly ConcurrentQueue<StoreNotice> _notices = new();
    private readonly Lazy<ITaskStore> _holder = new(open);

    public ITaskLocks Locks => _holder.Value.Locks;

    public ITaskArchive Archive => _holder.Value.Archive;

    public void Begin(TimeSpan timeout, Action<LockWait>? onWait, CancellationToken cancellationToken) => Run(store =>
    {
        store.Begin(timeout, onWait, cancellationToken);
        return true;
    });

    public ITaskState Read(CancellationToken cancellationToken = default) => Run(store => store.Read(cancellationToken));

    public TAnswer Transact<TAnswer>(ITaskRule<TAnswer> rule, LockSession session, CommitOptions options,
        CancellationToken cancellationToken = default) =>
        Run(store => store.Transact(rule, session, options, cancellationToken));

    public bool WaitForChange(long version, TimeSpan atMost, CancellationToken cancellationToken = default) =>
        Run(store => store.WaitForChange(version, atMost, cancellationToken));

    // As long as it is followed it is open.
    public ICommitTail OpenTail(long? after) => _holder.Value.OpenTail(after);

    public SyncReport Sync(CommitOptions options, CancellationToken cancellationToken = default) =>
        Run(store => store.Sync(options, cancellationToken));

    public void Tell(StoreNotice notice) => _notices.Enqueue(notice);

    public IReadOnlyList<StoreNotice> TakeNotices()
    {
        var taken = new List<StoreNotice>();
        while (_notices.TryDequeue(out var notice))
            taken.Add(notice);
        return taken;
    }

    public void Dispose()
    {
        if (_holder.IsValueCreated)
            _holder.Value.Dispose();
    }

    private T Run<T>(Func<ITaskStore, T> call)
    {
        using var store = open();
        try
        {
            return call(store);
        }
        finally
        {
            foreach (var notice in store.TakeNotices())
                _notices.Enqueue(notice);
        }
    }
}

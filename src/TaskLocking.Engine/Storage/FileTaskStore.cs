using System;
using System.Threading;
using TaskLocking.Locking;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>The store in a folder.</summary>
public sealed class FileTaskStore : ITaskStore
{
    /// <summary>Opens the store of a workspace; nothing is read or made before the first use.</summary>
    public FileTaskStore(string workspace, TaskBoardOptions options) => _ = workspace + options;

    /// <inheritdoc/>
    public ITaskState Read(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <inheritdoc/>
    public TAnswer Transact<TAnswer>(ITaskRule<TAnswer> rule, LockSession session, CommitOptions options, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    internal SyncReport Sync(CommitOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();
}

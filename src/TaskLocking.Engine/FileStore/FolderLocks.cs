using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Locking;
using TaskLocking.Model;

namespace TaskLocking.FileStore;

/// <summary>The locks of tasks and resources in a folder: a lock file each.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="stateLock">The state lock of the store.</param>
/// <param name="tell">Hears what the holder has to know; null for nobody.</param>
internal sealed class FolderLocks(string folder, string stateLock, Action<StoreNotice>? tell = null) : ITaskLocks
{
    public TaskHold Hold(
        IReadOnlyList<HoldItem> items, LockSession session, HoldOptions options, CancellationToken cancellationToken = default) =>
        HeldLockFiles.Hold(folder, stateLock, session, items, options, tell, cancellationToken);

    public IReadOnlyList<ResourceUse> GetResources() => ResourcePlaces.Used(folder, tell);

    public string? FindHeld(IEnumerable<string> ids, LockSession session) => HeldTasks.FindHeld(folder, ids, session);

    public LockHolder HolderOf(string id) => HolderFile.Read(TaskLockFile.PathOf(folder, id)).Holder;
}

using System.Collections.Generic;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Board;

/// <summary>
/// The locks of a store's tasks, and places at resources, which somebody holds for as long as he works. A commit that changes a held task
/// waits; one that may choose takes another. What a hold is made of is the store's matter; it ends with the process of its holder.
/// </summary>
internal interface ITaskLocks
{
    /// <summary>
    /// Locks tasks that exist, and takes places at resources. All or nothing, in one order, so two callers cannot block each other for
    /// ever.
    /// </summary>
    /// <param name="items">In any order; at least one, of one resource one limit.</param>
    /// <param name="session">In whose name.</param>
    /// <param name="options">Waiting, and what others are told.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    /// <returns>Dispose it to let go.</returns>
    /// <exception cref="TaskLockingException">LockTimeout, LockRecursion (the session, or one that it was started under, has it already),
    /// LockOrder (such a session holds a later one), InvalidArgument (a resource looks like another that is in use), and what the system
    /// said.</exception>
    TaskHold Hold(IReadOnlyList<HoldItem> items, LockSession session, HoldOptions options, CancellationToken cancellationToken = default);

    /// <summary>Who holds resources, by name and since when. Takes nothing.</summary>
    IReadOnlyList<ResourceUse> GetResources();

    /// <summary>The first of the tasks that stands in the session's way because another one holds it; null if none does.</summary>
    /// <param name="ids">The tasks.</param>
    /// <param name="session">Its own holds, and those of the session that it was started under, let it through.</param>
    /// <exception cref="TaskLockingException">A lock that cannot be looked at; the refusal names its task.</exception>
    string? FindHeld(IEnumerable<string> ids, LockSession session);

    /// <summary>Who holds a task, as far as others were told; means something only while it is held.</summary>
    /// <param name="id">The task.</param>
    LockHolder HolderOf(string id);
}

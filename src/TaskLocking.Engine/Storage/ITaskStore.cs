using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>
/// Where tasks are kept. Every store runs the same rules: <see cref="Transact"/> is serializable, <see cref="Read"/> never waits for
/// a writer. The contract is tested by one suite that every store passes.
/// </summary>
public interface ITaskStore : IDisposable
{
    /// <summary>The newest state that can be read without a lock.</summary>
    ITaskState Read(CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs <paramref name="rule"/> alone on the newest state and makes its changes last before answering. Either all of them or none.
    /// </summary>
    /// <param name="rule">The verb; pure, may be run more than once.</param>
    /// <param name="session">Whose locks on tasks do not stand in the way.</param>
    /// <param name="options">Waiting, authorship, reports.</param>
    /// <param name="cancellationToken">Ends a wait; after the change is written the answer is <c>CommitUncertain</c>.</param>
    TAnswer Transact<TAnswer>(ITaskRule<TAnswer> rule, Locking.LockSession session, CommitOptions options,
        CancellationToken cancellationToken = default);

    /// <summary>What a person has to know about the store, and nobody has been told yet.</summary>
    IReadOnlyList<StoreNotice> TakeNotices();
}

using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.Board;

/// <summary>
/// Where tasks are kept. Every store runs the same rules: <see cref="Transact"/> is serializable, <see cref="Read"/> never waits for
/// a writer. The contract is tested by one suite that every store passes.
/// </summary>
internal interface ITaskStore : IDisposable
{
    /// <summary>The locks of its tasks.</summary>
    ITaskLocks Locks { get; }

    /// <summary>Where closed tasks go that leave the document.</summary>
    ITaskArchive Archive { get; }

    /// <summary>Begins the store if there is none yet: for what is no commit and needs its place.</summary>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="onWait">Hears of a wait that lasts.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    /// <exception cref="TaskLockingException">LockTimeout, and what the system said.</exception>
    void Begin(TimeSpan timeout, Action<LockWait>? onWait, CancellationToken cancellationToken);

    /// <summary>The newest state that can be read without a lock.</summary>
    ITaskState Read(CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs <paramref name="rule"/> alone on the newest state and makes its changes last before answering. Either all of them or none.
    /// </summary>
    /// <param name="rule">The verb; pure, may be run more than once.</param>
    /// <param name="session">Whose locks on tasks do not stand in the way.</param>
    /// <param name="options">Waiting, authorship, reports.</param>
    /// <param name="cancellationToken">Ends a wait; after the change is written the answer is <c>CommitUncertain</c>.</param>
    TAnswer Transact<TAnswer>(ITaskRule<TAnswer> rule, LockSession session, CommitOptions options,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until the store has a version that the caller has not seen, whoever made it; where somebody else wrote what the store takes
    /// over, that counts as one. Mostly it is known within some milliseconds. Locks nothing.
    /// </summary>
    /// <param name="version">The newest version that the caller has seen.</param>
    /// <param name="atMost">The longest wait. Zero looks once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True if there is a newer one, false when the time is over.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    bool WaitForChange(long version, TimeSpan atMost, CancellationToken cancellationToken = default);

    /// <summary>Follows the commits from a version on.</summary>
    /// <param name="after">The version of the commit that was seen last, 0 for none, <see cref="TailVersion.Oldest"/> for all that are
    /// kept; null: from now on.</param>
    /// <returns>To be disposed of before the store.</returns>
    /// <exception cref="TaskLockingException">EventsLost: not all that came since is kept.</exception>
    ICommitTail OpenTail(long? after);

    /// <summary>
    /// Brings everything up to date that others look at instead of the store, takes over what they wrote there, and sweeps what is left
    /// over.
    /// </summary>
    /// <param name="options">Waiting.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    /// <exception cref="TaskLockingException">DocumentNotPublished, LockTimeout, PathNotFound where there is no store.</exception>
    SyncReport Sync(CommitOptions options, CancellationToken cancellationToken = default);

    /// <summary>Tells something to whoever takes notices first; what was told before is not told again.</summary>
    /// <param name="notice">What a person has to know.</param>
    void Tell(StoreNotice notice);

    /// <summary>What a person has to know about the store, and nobody has been told yet.</summary>
    IReadOnlyList<StoreNotice> TakeNotices();
}

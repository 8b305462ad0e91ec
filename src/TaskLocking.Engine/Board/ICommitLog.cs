using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Board;

/// <summary>
/// Where the commits of a board are kept, one after the other: in the files of a folder, say. Several processes may have the same one open.
/// It knows no rule; <see cref="Committer"/> knows no place.
/// </summary>
/// <remarks>
/// The state that it gives is guarded by <see cref="Gate"/>: good until the gate is let go. Whoever has the gate waits for nothing outside
/// the process; the order is always the lock of the log, then the gate.
/// </remarks>
internal interface ICommitLog : IDisposable
{
    object Gate { get; }

    /// <inheritdoc cref="ITaskStore.Locks"/>
    ITaskLocks Locks { get; }

    /// <inheritdoc cref="ITaskStore.Archive"/>
    ITaskArchive Archive { get; }

    /// <summary>There is a log to append to; false as long as <see cref="Begin"/> has something to do.</summary>
    bool HasBegun { get; }

    /// <summary>To be called before a commit, without the gate.</summary>
    /// <exception cref="TaskLockingException">The place cannot keep what a commit promises.</exception>
    void RefuseUnsafe();

    /// <summary>The newest state that can be read without the lock, for good. Waits for no writer. Takes the gate.</summary>
    ITaskState Read(CancellationToken cancellationToken);

    /// <summary>
    /// What is known already, with what of others comes without a wait: good enough to decide on, since that is judged again under the
    /// lock. Null if it is not. Under the gate.
    /// </summary>
    BoardState? Peek();

    /// <summary>
    /// The newest state, read without the lock: good enough to refuse by. Null if it has to wait for the lock. Under the gate.
    /// </summary>
    BoardState? Follow();

    /// <summary>Begins a log that is not there yet, unless somebody else does; gives the time waited.</summary>
    /// <exception cref="TaskLockingException">LockTimeout, and what the system said.</exception>
    TimeSpan Begin(TimeSpan remaining, Action<LockWait>? onWait, CancellationToken cancellationToken);

    /// <summary>Goes through the steps of a commit once and changes nothing, where that makes the time under the lock shorter.</summary>
    void Rehearse(IAttempt attempt, LockSession session);

    /// <summary>Takes several commits of this process together; null where the log is so near that each goes by itself.</summary>
    ICommitGroup? Group { get; }

    /// <summary>Waits until nobody else appends.</summary>
    /// <param name="remaining">The longest wait. What is held for moments only is waited for a moment in any case.</param>
    /// <param name="onWait">Called on the waiting thread a few times a second.</param>
    /// <param name="betweenTries">Useful work for the time of the wait; short, and nothing that waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TaskLockingException">LockTimeout, and what the system said.</exception>
    ICommitTurn Lock(TimeSpan remaining, Action<LockWait>? onWait, Action betweenTries, CancellationToken cancellationToken);

    /// <summary>Waits, without the lock, until nobody holds the task for a moment.</summary>
    /// <exception cref="TaskLockingException">LockTimeout with the holder.</exception>
    void WaitUntilFree(string id, LockSession session, Deadline deadline, Action<LockWait>? onWait, CancellationToken cancellationToken);

    /// <summary>Sees to it that a version that was read lasts; mostly it is known to.</summary>
    /// <exception cref="TaskLockingException">CommitUncertain, LockTimeout.</exception>
    void MakeSure(long version, TimeSpan timeout, Action<LockWait>? onWait, CancellationToken cancellationToken);

    /// <summary>To be called when something was uncertain, before that is told: what did not last is relied on by nobody.</summary>
    void LeaveFailed();

    /// <inheritdoc cref="ITaskStore.WaitForChange"/>
    bool WaitForChange(long version, TimeSpan atMost, CancellationToken cancellationToken);

    /// <inheritdoc cref="ITaskStore.OpenTail"/>
    ICommitTail OpenTail(long? after);

    /// <inheritdoc cref="ITaskStore.Sync"/>
    SyncReport Sync(CommitOptions options, CancellationToken cancellationToken);

    /// <inheritdoc cref="ITaskStore.Tell"/>
    void Tell(StoreNotice notice);

    /// <inheritdoc cref="ITaskStore.TakeNotices"/>
    IReadOnlyList<StoreNotice> TakeNotices();
}

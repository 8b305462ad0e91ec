using System;
using System.Threading;

namespace TaskLocking.Board;

/// <summary>
/// Commits of one process that go to the log together: decided one on the other, and each answered for itself. For a log that is so far
/// that one way costs more than many decisions.
/// </summary>
internal interface ICommitGroup
{
    /// <summary>Some are on their way: who comes now is decided when they are back, and need not prepare anything.</summary>
    bool IsBusy { get; }

    /// <summary>Waits until the job is committed, or has to go its own way.</summary>
    /// <param name="job">The job; its attempt is what was committed.</param>
    /// <param name="onWait">Called on the waiting thread a few times a second.</param>
    /// <param name="cancellationToken">Ends the wait, as long as nothing was sent.</param>
    /// <exception cref="TaskLockingException">CommitUncertain; else nothing was written.</exception>
    GroupEnd Run(IGroupJob job, Action<LockWait>? onWait, CancellationToken cancellationToken);
}

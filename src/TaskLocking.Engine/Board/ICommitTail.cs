using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Board;

/// <summary>
/// Reads the commits of a log from a version on, each once and in order, and none before it is sure to last. Takes no lock that a writer
/// waits for. One thread at a time.
/// </summary>
/// <remarks>
/// Failure modes: where the log is another than it was (put back, replaced) or has left out what comes next, one event says so, and it goes
/// on from the newest version.
/// </remarks>
internal interface ICommitTail : IDisposable
{
    /// <summary>The version of the commit that was read last; behind it goes on what is read next.</summary>
    long Version { get; }

    /// <summary>What came since; empty if nothing did. Does not wait for a commit.</summary>
    /// <param name="atMost">The most events, at least 1.</param>
    /// <param name="cancellationToken">Ends a wait for a server.</param>
    /// <exception cref="TaskLockingException">What the system or the server said; nothing is lost by that.</exception>
    IReadOnlyList<TaskEvent> Read(int atMost, CancellationToken cancellationToken);

    /// <summary>Waits until there may be something to read; false when the time is over.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    bool Wait(TimeSpan atMost, CancellationToken cancellationToken);
}

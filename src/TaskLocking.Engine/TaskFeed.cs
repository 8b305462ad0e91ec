using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// The commits of a board as they come, each once and in order, over restarts and checkpoints: none is told before it is sure to last.
/// </summary>
/// <remarks>
/// <para>Calling sequence: <see cref="TaskBoard.OpenFeed"/>, then <see cref="Read"/> until it gives nothing, <see cref="Wait"/>, read
/// again; <see cref="Dispose"/>. Who was killed goes on behind the version of the last event that he has dealt with. One thread at a time;
/// for many readers of one process let one follow and hand the events on: they never change.</para>
/// <para>Failure modes: where the board was put back or replaced meanwhile, one event says so (<see cref="TaskEvent.IsReset"/>), and it
/// goes on from there. What was refused may be tried again; nothing is lost by that.</para>
/// </remarks>
public sealed class TaskFeed : IDisposable
{
    /// <summary>From the first commit that is kept: at least so many as the board is long, or 4 MB of them; in a database all.</summary>
    public const long Oldest = TailVersion.Oldest;

    private readonly ICommitTail _tail;

    internal TaskFeed(ITaskStore store, long? after)
    {
        if (after is < 0 and not Oldest)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"{after} is no version. Versions are whole numbers from 0 on, for example 17.");
        _tail = store.OpenTail(after);
    }

    /// <summary>The version of the event that was read last; before the first, the one that was named or that the board had.</summary>
    public long Version => _tail.Version;

    /// <summary>What was committed since; empty if nothing was. Does not wait for a commit.</summary>
    /// <param name="atMost">The most events, from 1 to 100,000.</param>
    /// <param name="cancellationToken">Ends a wait for a server.</param>
    /// <exception cref="TaskLockingException">InvalidArgument; StateCorrupt, and what the system or the server said.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is lost.</exception>
    public IReadOnlyList<TaskEvent> Read(int atMost = 1000, CancellationToken cancellationToken = default)
    {
        if (atMost is < 1 or > 100_000)
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"{atMost} events cannot be read at once. 1 to 100000 can.");
        return FixedList<TaskEvent>.Of(_tail.Read(atMost, cancellationToken));
    }

    /// <summary>
    /// Waits until there may be something to read. Woken where the system tells it; else, and beside that, it looks now and then.
    /// </summary>
    /// <param name="atMost">The longest wait: zero looks once, infinite waits for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True if there may be something, false when the time is over.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public bool Wait(TimeSpan atMost, CancellationToken cancellationToken = default) => _tail.Wait(atMost, cancellationToken);

    /// <summary>Closes it.</summary>
    public void Dispose() => _tail.Dispose();
}

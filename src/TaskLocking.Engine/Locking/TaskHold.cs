using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Storage;

namespace TaskLocking.Locking;

/// <summary>Tasks that a session holds. Dispose it to let go; safe to dispose twice and from any thread.</summary>
public sealed class TaskHold : IDisposable
{
    private TaskHold(IReadOnlyList<string> ids) => Ids = ids;

    /// <summary>The held tasks in ordinal order.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The name that others are told.</summary>
    public string? Agent { get; init; }

    /// <summary>When the last of the locks was taken.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>How long the wait was.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Whether it still holds.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Lets go of all tasks.</summary>
    public void Dispose() => IsHeld = false;

    internal static TaskHold Acquire(ITaskStore store, string workspace, LockSession session, IReadOnlyList<string> ids, HoldOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException(workspace);
}

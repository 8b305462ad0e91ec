using System;

namespace TaskLocking;

/// <summary>How to open a board.</summary>
public sealed record TaskBoardOptions
{
    /// <summary>The session that holds locks; null makes one for the process.</summary>
    public LockSession? Session { get; init; }

    /// <summary>What an answer stands for.</summary>
    public Durability Durability { get; init; } = Durability.Full;

    /// <summary>The clock of the store.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether the processes behind leases live; null asks this host.</summary>
    public ILiveness? Liveness { get; init; }

    /// <summary>
    /// True for a process that makes one change and ends: the document is brought up to date before the answer, not some
    /// milliseconds later.
    /// </summary>
    public bool OneShot { get; init; }

    /// <summary>
    /// The longest wait of a read for the server of a board in a database, 0 for one try; null: 10 s. A board in a folder has none to wait
    /// for.
    /// </summary>
    public TimeSpan? Patience { get; init; }
}

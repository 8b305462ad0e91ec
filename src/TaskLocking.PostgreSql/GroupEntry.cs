using System;
using System.Threading;
using TaskLocking.Board;
using TaskLocking.Model;

namespace TaskLocking.PostgreSql;

/// <summary>A job in a group. What is written here is guarded by the lock of the group, and by its batch once it is in one.</summary>
internal sealed class GroupEntry(IGroupJob job)
{
    public IGroupJob Job => job;

    public GroupState State { get; set; } = GroupState.Waits;

    /// <summary>Released when it is to lead, and when it has ended.</summary>
    public SemaphoreSlim Signal { get; } = new(0);

    /// <summary>It was refused once: the next time the lock of the board is taken first.</summary>
    public bool MustLock { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; set; }

    /// <summary>What is to be sent again before anything else; null where there is nothing.</summary>
    public GroupBatch? Resumed { get; set; }

    /// <summary>What was sent of it.</summary>
    public CommitLine? Line { get; set; }

    /// <summary>The same as the state takes it.</summary>
    public ByteBuffer? Buffer { get; set; }

    /// <summary>It was applied to the copy of the board as a trial.</summary>
    public bool IsTried { get; set; }

    /// <summary>What became of it; null where it is to be tried again.</summary>
    public GroupEnd? End { get; set; }

    /// <summary>Why nothing became of it.</summary>
    public TaskLockingException? Fault { get; set; }
}

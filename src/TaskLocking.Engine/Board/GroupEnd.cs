namespace TaskLocking.Board;

/// <summary>What became of a commit in a group.</summary>
internal enum GroupEnd
{
    /// <summary>It is written, and lasts.</summary>
    Written,

    /// <summary>It has nothing to write, or is refused, on what may not come to be: it is to be decided by itself.</summary>
    Undecided,

    /// <summary>It has to be written by itself, under the lock: somebody holds its task, or it is more than a group can take.</summary>
    Alone,
}

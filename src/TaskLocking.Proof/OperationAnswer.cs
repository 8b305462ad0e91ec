namespace TaskLocking;

/// <summary>How an operation of the stress protocol ended.</summary>
public enum OperationAnswer
{
    /// <summary>Never: the worker was killed before. It may have taken effect at any moment after its start, or not at all.</summary>
    None,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>All was so already, nothing changed. For a read: the task was not there.</summary>
    Unchanged,

    /// <summary>It was refused, see <see cref="Operation.Refusal"/>: it must never take effect.</summary>
    Refused,

    /// <summary>The store could not tell (CommitUncertain); treated as <see cref="None"/>.</summary>
    Uncertain,
}

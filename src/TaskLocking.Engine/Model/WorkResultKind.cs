namespace TaskLocking;

/// <summary>What became of a task that a worker took.</summary>
public enum WorkResultKind
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>The work is done, and a person has to approve it.</summary>
    Review,

    /// <summary>The work failed, and there will be another attempt.</summary>
    Retry,

    /// <summary>The work failed for good.</summary>
    Failed,

    /// <summary>The claim was lost before the work ended; what it came to counts nothing.</summary>
    Lost,

    /// <summary>It was given back, as if it had never been taken.</summary>
    GivenBack,
}

namespace TaskLocking;

/// <summary>How it stands with a task that somebody works on, or that somebody has to see to.</summary>
public enum WorkState
{
    /// <summary>Somebody works on it, as far as can be told.</summary>
    Working,

    /// <summary>Somebody has claimed it and has not begun.</summary>
    Claimed,

    /// <summary>It runs longer than its time limit; the next request lets it fail.</summary>
    Overdue,

    /// <summary>The process that worked on it is gone; the next request gives it back.</summary>
    Gone,

    /// <summary>The time of the claim is over; the next request gives it back.</summary>
    Expired,

    /// <summary>A person has to approve it.</summary>
    Review,

    /// <summary>It will not be done as things stand.</summary>
    Stuck,

    /// <summary>A failure, or a person, keeps it from being started.</summary>
    Blocked,

    /// <summary>It has failed for good.</summary>
    Failed,
}

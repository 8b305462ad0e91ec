namespace TaskLocking;

/// <summary>What maintenance looks for.</summary>
public enum MaintenanceKind
{
    /// <summary>A claim passed its time.</summary>
    ClaimExpired,

    /// <summary>The process of a claim is gone.</summary>
    HolderDied,

    /// <summary>A task ran longer than its limit.</summary>
    TimedOut,

    /// <summary>A lease on files passed its time, or its process is gone.</summary>
    FileLeaseEnded,

    /// <summary>A retry has become due.</summary>
    RetryDue,

    /// <summary>A task was blocked, or freed, because a foreign change had left it otherwise.</summary>
    Settled,

    /// <summary>A task whose claim has ended or that runs too long, and whose lock somebody holds: left as it is.</summary>
    PutOff,

    /// <summary>A task that was claimed or begun elsewhere, and came here without the claim: given back.</summary>
    ClaimLost,
}

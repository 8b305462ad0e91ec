namespace TaskLocking;

/// <summary>How a lease came to its end without its holder's word.</summary>
public enum LeaseEnd
{
    /// <summary>Its time passed, and nobody could tell whether its process lives.</summary>
    Expired,

    /// <summary>Its process is gone.</summary>
    ProcessEnded,
}

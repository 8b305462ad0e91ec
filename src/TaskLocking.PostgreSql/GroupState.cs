namespace TaskLocking.PostgreSql;

/// <summary>Where a job in a group is.</summary>
internal enum GroupState
{
    /// <summary>In the queue.</summary>
    Waits,

    /// <summary>Its thread does the work for all.</summary>
    Leads,

    /// <summary>Its line is on its way: it cannot be called back.</summary>
    IsSent,

    /// <summary>It is known what became of it, or its caller has given up.</summary>
    Ended,
}

namespace TaskLocking;

/// <summary>Reviewed work was not good enough: the task goes back to Todo with the reason. Its attempts stay counted.</summary>
/// <param name="Id">The task.</param>
/// <param name="Reason">Why, 1 to 1,000 characters on one line.</param>
public sealed record RejectRequest(string Id, string Reason)
{
    /// <summary>Refuse unless the task still has this version: that of the work which was looked at.</summary>
    public long? IfVersion { get; init; }
}

namespace TaskLocking.Model;

/// <summary>A request that is remembered, or forgotten.</summary>
/// <param name="before">What was remembered under its name; null if nothing was.</param>
/// <param name="after">What is then; null if it goes.</param>
internal sealed class RequestChange(ServedRequest? before, ServedRequest? after) : StateChange
{
    public ServedRequest? Before => before;

    public ServedRequest? After => after;

    /// <summary>What it is kept by.</summary>
    public string Key => (after ?? before)!.Id;
}

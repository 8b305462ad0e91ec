namespace TaskLocking.Model;

/// <summary>A swarm that is paused, or goes on.</summary>
/// <param name="before">How it was paused; null if it was not.</param>
/// <param name="after">How it is paused then; null if it goes on.</param>
internal sealed class SwarmChange(SwarmPause? before, SwarmPause? after) : StateChange
{
    public SwarmPause? After => after;

    /// <summary>What it is kept by.</summary>
    public string Key => (after ?? before)!.Swarm;
}

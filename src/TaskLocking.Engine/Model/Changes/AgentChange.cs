namespace TaskLocking.Model;

/// <summary>An agent that registers, registers otherwise, or goes.</summary>
/// <param name="before">What was registered; null if there was nothing.</param>
/// <param name="after">What is then; null if it goes.</param>
internal sealed class AgentChange(AgentProfile? before, AgentProfile? after) : StateChange
{
    public AgentProfile? Before => before;

    public AgentProfile? After => after;

    /// <summary>What it is kept by.</summary>
    public string Key => (after ?? before)!.Key;
}

namespace TaskLocking.PowerShell.Binding;

/// <summary>By what this session may end a claim that holds: what the command tells of it, and who it is.</summary>
internal static class SessionProof
{
    /// <param name="tokens">Tokens of the claims that are meant.</param>
    /// <param name="agent">In whose name; null: <c>TASKLOCKING_AGENT</c>.</param>
    /// <param name="processId">The process that works, where a claim names one; null: this session's.</param>
    /// <param name="force">Whoever has it.</param>
    public static ClaimProof Of(long[]? tokens, string? agent, int? processId, bool force) => new()
    {
        Tokens = tokens ?? [],
        Agent = CallingAgent.Find(agent),
        Callers = SessionHolder.Callers(processId),
        Force = force,
    };
}

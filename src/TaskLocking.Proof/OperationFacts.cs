namespace TaskLocking.Proof;

/// <summary>What an answer told of one task; see <see cref="Operation"/> for what each fact means.</summary>
/// <param name="TaskId">The task; for a claim the one that came, empty if none did.</param>
/// <param name="Answer">How it ended for this task.</param>
internal sealed record OperationFacts(string TaskId, OperationAnswer Answer)
{
    /// <summary>
    /// With a claim the token that was given, with a read the one that the task's claim has; 0: the token of the start stays.
    /// </summary>
    public long Token { get; init; }

    /// <summary>With a claim; on the clock of the log. The start's time and the term together are never too late.</summary>
    public long? ValidUntil { get; init; }

    public RefusalCode? Refusal { get; init; }

    /// <summary>Whom the answer named: by claim, else by assignment, without the type.</summary>
    public string? Owner { get; init; }

    public AgentTaskStatus? Status { get; init; }
}

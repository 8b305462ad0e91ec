namespace TaskLocking.Proof;

/// <summary>All that the answers about one task depend on.</summary>
internal sealed record TaskState
{
    public static TaskState Absent { get; } = new();

    /// <summary>Defined, and nobody had it yet.</summary>
    public static TaskState Free { get; } = new() { Exists = true };

    public bool Exists { get; init; }

    public AgentTaskStatus Status { get; init; }

    /// <summary>The assignee; a completed task keeps it.</summary>
    public string? Owner { get; init; }

    /// <summary>The worker whose process has the claim; null without a claim.</summary>
    public string? Holder { get; init; }

    /// <summary>The claim's token, 0 without a claim; null for a claim that nobody was told of.</summary>
    public long? Token { get; init; } = 0;

    /// <summary>From when on the claim may be taken away, in ticks.</summary>
    public long Until { get; init; }

    /// <summary>The largest token that is known to have been given.</summary>
    public long LastToken { get; init; }

    public int Strikes { get; init; }

    public TaskState WithoutClaim() => this with { Holder = null, Token = 0, Until = 0 };
}

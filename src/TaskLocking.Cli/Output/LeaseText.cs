namespace TaskLocking.Cli.Output;

/// <summary>Claims and leases for a person.</summary>
internal static class LeaseText
{
    /// <summary>
    /// Why whoever has a task does not work on it any more, although nobody has asked for the next one yet, which would set it right; null
    /// while he does, as far as can be told, and where nobody has it.
    /// </summary>
    public static LeaseEnd? EndOf(AgentTask task) => task.Claim is { } claim ? ProcessLiveness.OfThisHost.EndOf(claim) : null;

    public static string Sentence(FileLease lease) =>
        $"{Who(lease)} has {lease.Path}{Tree(lease)}{(lease.IsShared ? " (shared)" : "")}{Task(lease)} until " +
            $"{TaskText.Time(lease.Expires)}{Process(lease.Pid, lease.Host)}";

    public static string? Sentence(TaskClaim? claim) =>
        claim is null ? null : $"{claim.Agent}, token {claim.Token}, until {TaskText.Time(claim.Expires)}{Process(claim.Pid, claim.Host)}";

    /// <summary>" (claim)" behind a sentence about a task; nothing when it has none.</summary>
    public static string Behind(AgentTask task) => task.Claim is null ? "" : $" ({Sentence(task.Claim)})";

    /// <summary>The agent; of a person with that word, for an agent of the name is another.</summary>
    public static string Who(FileLease lease) => lease.Type is null ? lease.Agent : lease.Type + ":" + lease.Agent;

    /// <summary>" in the worktree W" behind a path that is meant in one tree alone.</summary>
    public static string Tree(FileLease lease) => lease.Worktree is null ? "" : $" in the worktree {lease.Worktree}";

    private static string Task(FileLease lease) => lease.TaskId is null ? "" : $" for task {lease.TaskId}";

    private static string Process(int? pid, string? host) => pid is null ? "" : $" or the end of process {pid} on {host}";
}

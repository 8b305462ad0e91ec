using TaskLocking.Leases;
using TaskLocking.Tasks;

namespace TaskLocking.Cli.Output;

/// <summary>Claims and leases for a person.</summary>
internal static class LeaseText
{
    public static string Sentence(FileLease lease) =>
        $"{lease.Agent} has {lease.Path}{(lease.IsShared ? " (shared)" : "")}{Task(lease)} until {TaskText.Time(lease.Expires)}{Process(lease.Pid, lease.Host)}";

    public static string? Sentence(TaskClaim? claim) =>
        claim is null ? null : $"{claim.Agent}, token {claim.Token}, until {TaskText.Time(claim.Expires)}{Process(claim.Pid, claim.Host)}";

    /// <summary>" (claim)" behind a sentence about a task; nothing when it has none.</summary>
    public static string Behind(AgentTask task) => task.Claim is null ? "" : $" ({Sentence(task.Claim)})";

    private static string Task(FileLease lease) => lease.TaskId is null ? "" : $" for task {lease.TaskId}";

    private static string Process(int? pid, string? host) => pid is null ? "" : $" or the end of process {pid} on {host}";
}

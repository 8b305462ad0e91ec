using System;
using TaskLocking.Model;
using TaskLocking.Tests.Tasks;

namespace TaskLocking.Tests.Leases;

/// <summary>The makings of a test about the life of a task.</summary>
internal static class LifeScene
{
    /// <summary>A process that lives, one that is gone, and one that nobody can tell of.</summary>
    public const int Living = 1;
    public const int Gone = 2;
    public const int Elsewhere = 3;

    public static readonly DateTimeOffset Now = Scene.Now;

    public static FakeLiveness Liveness() => new(pid => pid switch { Living => true, Gone => false, _ => null });

    /// <summary>A claim of token 50, given for an hour.</summary>
    public static TaskClaim ClaimOf(string agent, double minutesLeft = 30, int? pid = null) =>
        new(50, agent, Now.AddMinutes(minutesLeft - 60), Now.AddMinutes(minutesLeft), TimeSpan.FromHours(1), pid is null ? null : "h", pid,
            pid is null ? null : "s");

    public static AgentTask Set(this AgentTask task, Func<TaskExecution, TaskExecution> change) =>
        task.Having(facts => facts with { Execution = change(task.Execution) });

    public static AgentTask In(this AgentTask task, AgentTaskStatus status) => task.Having(facts => facts with { Status = status });

    public static AgentTask ClaimedBy(this AgentTask task, string agent, double minutesLeft = 30, int? pid = null) =>
        task.OwnedBy(agent).Set(execution => execution with { Claim = ClaimOf(agent, minutesLeft, pid) });

    /// <summary>In progress since ten minutes, at the first attempt.</summary>
    public static AgentTask StartedBy(this AgentTask task, string agent, double minutesLeft = 30, int? pid = null) =>
        task.ClaimedBy(agent, minutesLeft,
            pid).In(AgentTaskStatus.InProgress).Set(execution => execution with { Attempt = 1, StartedAt = Now.AddMinutes(-10) });

    public static AgentTask FailedBy(this AgentTask task, string agent, string reason = "r") =>
        task.OwnedBy(agent).In(AgentTaskStatus.Failed).Set(execution => execution with
        {
            Attempt = 1,
            Failure = new TaskFailure(reason, Now, agent)
        });

    public static AgentTask BlockedBy(this AgentTask task, string nearest, string root) =>
        task.In(AgentTaskStatus.Blocked).Set(execution => execution with { Block = new TaskBlock(nearest, root) });

    /// <summary>The lease of a claim on a file.</summary>
    public static FileLease FileOf(string agent, string? task, string path = "src/a.cs", double minutesLeft = 30, int? pid = null) =>
        new(path, agent, Now, Now.AddMinutes(minutesLeft), TaskId: task, Host: pid is null ? null : "h", Pid: pid);
}

using System;

namespace TaskLocking.Model;

/// <summary>
/// The one table of the states of a task and the moves between them.
/// <code>
///            claim
///            .--.                                         .--------.  approve: only a person
///            |  v   start                        submit   | Review |------------.
///   Blocked  Todo ---------> In Progress ----------------> '--------'            v
///     ^ |     ^ ^              |  |  |  `------------------------------------> Done
///     | '-----' '--------------'  |            complete
///     |  unblock  retry, return   | fail (no attempt left), give up (3 strikes)
///     '------- Todo               v
///       block                   Failed
///
///   reject: Review -> Todo
///   restart: Failed, Blocked by hand, Cancelled -> Todo      with force: from everywhere
///   by hand: from everywhere to everywhere, but not Review -> Done, nor to Done at all where a review is needed
/// </code>
/// </summary>
internal static class TaskLife
{
    /// <summary>How many levels of parents and children there may be.</summary>
    public const int MostLevels = 16;

    /// <summary>After so many holders that died or fell silent a task is given up.</summary>
    public const int MaxStrikes = 3;

    /// <summary>The wait before the second attempt when the task does not tell.</summary>
    public static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromSeconds(30);

    /// <summary>No wait grows longer, unless the first one is.</summary>
    public static readonly TimeSpan MaxRetryDelay = TimeSpan.FromHours(1);

    /// <summary>Where a move leads; null where it is not allowed.</summary>
    public static AgentTaskStatus? To(TaskMove move, AgentTaskStatus from) => (move, from) switch
    {
        (TaskMove.Claim, AgentTaskStatus.Todo) => AgentTaskStatus.Todo,
        (TaskMove.Start, AgentTaskStatus.Todo) => AgentTaskStatus.InProgress,
        (TaskMove.Complete, AgentTaskStatus.InProgress) => AgentTaskStatus.Done,
        (TaskMove.Submit, AgentTaskStatus.InProgress) => AgentTaskStatus.Review,
        (TaskMove.Approve, AgentTaskStatus.Review) => AgentTaskStatus.Done,
        (TaskMove.Reject, AgentTaskStatus.Review) => AgentTaskStatus.Todo,
        (TaskMove.Retry, AgentTaskStatus.InProgress) => AgentTaskStatus.Todo,
        (TaskMove.Fail, AgentTaskStatus.InProgress) => AgentTaskStatus.Failed,
        (TaskMove.Return, AgentTaskStatus.Todo or AgentTaskStatus.InProgress) => AgentTaskStatus.Todo,
        (TaskMove.GiveUp, AgentTaskStatus.Todo or AgentTaskStatus.InProgress) => AgentTaskStatus.Failed,
        (TaskMove.Block, AgentTaskStatus.Todo) => AgentTaskStatus.Blocked,
        (TaskMove.Unblock, AgentTaskStatus.Blocked) => AgentTaskStatus.Todo,
        (TaskMove.Restart, AgentTaskStatus.Todo or AgentTaskStatus.Failed or AgentTaskStatus.Blocked or AgentTaskStatus.Cancelled) =>
            AgentTaskStatus.Todo,
        (TaskMove.ForcedRestart, _) => AgentTaskStatus.Todo,
        _ => null,
    };

    /// <summary>Whether the status may be set by hand.</summary>
    public static bool CanSet(AgentTaskStatus from, AgentTaskStatus to) => !(from == AgentTaskStatus.Review && to == AgentTaskStatus.Done);

    /// <summary>Whether a claim outlives a status that was set by hand: only that of a task whose work begins.</summary>
    public static bool KeepsClaim(AgentTaskStatus from, AgentTaskStatus to) =>
        from == AgentTaskStatus.Todo && to == AgentTaskStatus.InProgress;

    /// <summary>The wait after a failed attempt: doubled each time, up to an hour or the first one, whichever is longer.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="first">The wait before the second attempt; null for the default.</param>
    public static TimeSpan RetryDelay(int attempt, TimeSpan? first)
    {
        var delay = first ?? DefaultRetryDelay;
        var most = delay > MaxRetryDelay ? delay : MaxRetryDelay;
        var seconds = delay.TotalSeconds * Math.Pow(2, Math.Max(0, attempt - 1));
        return seconds >= most.TotalSeconds ? most : TimeSpan.FromSeconds(seconds);
    }
}

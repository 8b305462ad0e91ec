using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Running;

/// <summary>
/// Claims whose answer nobody took: their tokens stand nowhere else, and the tasks would be kept from everybody until the claims run out.
/// They are given back in the same command, and its exit code says so.
/// </summary>
internal static class UnheardClaims
{
    // Whoever asked for one try asked whether a task is free; this is about one that he has.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// To be called before the answer: a pipe that nobody reads is not waited for longer than for anything else, and not past a signal that
    /// asks this process to end.
    /// </summary>
    /// <param name="run">Says how long.</param>
    public static void Expect(CommandRun run)
    {
        var patience = run.Timeout is { } timeout && (timeout < TimeSpan.Zero || timeout > LeastPatience) ? timeout : LeastPatience;
        StandardStream.Patience = patience < TimeSpan.Zero ? -1 : (int)Math.Min(patience.TotalMilliseconds, int.MaxValue);
        StandardStream.IsOver = new EndSignals().HaveCome;
    }

    /// <summary>
    /// To be called after the answer: the exit code that goes before the command's own; null if somebody took it, or there is nothing to
    /// give back.
    /// </summary>
    /// <param name="run">Where the answer went.</param>
    /// <param name="board">Where the claims are.</param>
    /// <param name="tasks">Those that this command claimed.</param>
    public static int? GiveBack(CommandRun run, TaskBoard board, IReadOnlyList<AgentTask> tasks)
    {
        // Who named his request asks again, and is told then.
        if (!StandardOutput.IsLost || tasks.Count == 0 || run.RequestId is not null)
            return null;
        try
        {
            var requests = tasks.Select(task => new GiveBackRequest(task.Id, task.Claim!.Agent, task.Claim.Token)).ToList();
            var commit = run.Commit(requests[0].Agent);
            if (commit.Timeout is { } patience && patience >= TimeSpan.Zero && patience < LeastPatience)
                commit = commit with { Timeout = LeastPatience };
            var outcomes = board.GiveBack(requests, commit, run.Cancellation);
            // A claim that is lost is no longer anybody's who would have had to be told.
            var refused = outcomes.Select(outcome => outcome.Refusal)
                .FirstOrDefault(refusal => refusal is { Code: not (RefusalCode.LeaseLost or RefusalCode.TaskNotFound) });
            return refused is not null
                ? TellKept(run, tasks, refused)
                : run.Failure.TellUnheard(
                    $"The answer could not be written, so {Names(tasks)} {(tasks.Count > 1 ? "were" : "was")} given back.");
        }
        catch (TaskLockingException failed)
        {
            return TellKept(run, tasks, failed.Refusal);
        }
    }

    private static int TellKept(CommandRun run, IReadOnlyList<AgentTask> tasks, Refusal refused) => run.Failure.Tell(new Refusal(
        refused.Code,
        $"The answer could not be written, and {Names(tasks)} could not be given back: {refused.Message.TrimEnd('.')}. "
            + $"Nobody else gets {(tasks.Count > 1 ? "them" : "it")} before {JsonText.Time(tasks.Max(task => task.Claim!.Expires))}; "
            + "'tasklock unassign' takes back what was claimed.",
        refused.TaskId,
        refused.Path,
        refused.Agent));

    private static string Names(IReadOnlyList<AgentTask> tasks) =>
        string.Join(", ", tasks.Select(task => $"task {task.Id} (token {task.Claim!.Token})"));
}

using System;
using System.Collections.Generic;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>A way in which a worker takes a task off the queue and ends it, by the verbs that there are.</summary>
/// <param name="Name">How a worker is told.</param>
/// <param name="Target">What G11 asks of it, against PostgreSQL.</param>
/// <param name="OfCommits">What G10 asks of it with eight workers, against the commits of as many.</param>
/// <param name="OfCommitsByMany">The same with fifty.</param>
/// <param name="Begin">Gives the step of one worker: one task from the queue to its end; false if nothing was free.</param>
internal sealed record QueueWay(string Name, Target Target, Target OfCommits, Target OfCommitsByMany,
    Func<TaskBoard, LeaseHolder, CommitOptions, Func<bool>> Begin)
{
    /// <summary>All that there are.</summary>
    public static IReadOnlyList<QueueWay> All { get; } =
    [
        new("claim with start, then complete", Target.AtLeast(0.8, "×"), Target.AtLeast(35, "%"), Target.AtLeast(25, "%"), TwoCommits),
        new("complete with next", Target.AtLeast(1.5, "×"), Target.AtLeast(60, "%"), Target.AtLeast(40, "%"), OneCommit),
    ];

    /// <summary>Three durable commits; false if nothing was free.</summary>
    public static bool ClaimStartComplete(TaskBoard board, LeaseHolder self, CommitOptions options)
    {
        if (board.Request(new TaskRequest(self), options).Task is not { } task)
            return false;
        var token = task.Claim!.Token;
        Succeeded(board.Start([new StartRequest(task.Id, self) { Token = token }], options)[0]);
        Succeeded(board.Complete([new CompleteRequest(task.Id, self.Agent) { Token = token }], options)[0]);
        return true;
    }

    private static Func<bool> TwoCommits(TaskBoard board, LeaseHolder self, CommitOptions options)
    {
        var next = new TaskRequest(self) { Start = true };
        return () =>
        {
            if (board.Request(next, options).Task is not { } mine)
                return false;
            Succeeded(board.Complete([Done(mine, self)], options)[0]);
            return true;
        };
    }

    private static Func<bool> OneCommit(TaskBoard board, LeaseHolder self, CommitOptions options)
    {
        var next = new TaskRequest(self) { Start = true };
        AgentTask? mine = null;
        return () =>
        {
            mine ??= board.Request(next, options).Task;
            if (mine is null)
                return false;
            var answer = board.CompleteAndRequest([Done(mine, self)], next, options);
            Succeeded(answer.Completed[0]);
            mine = answer.Next!.Task;
            return true;
        };
    }

    private static CompleteRequest Done(AgentTask task, LeaseHolder self) => new(task.Id, self.Agent) { Token = task.Claim!.Token };

    private static void Succeeded(TaskOutcome outcome)
    {
        if (outcome.Refusal is { } refusal)
            throw new InvalidOperationException(refusal.Message);
    }
}

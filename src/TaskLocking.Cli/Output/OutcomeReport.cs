using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>
/// The answer of a verb over one or several tasks: what was done on standard output, each refusal on standard error, and the exit code
/// of the first refusal.
/// </summary>
internal static class OutcomeReport
{
    /// <param name="run">Where to.</param>
    /// <param name="outcomes">In the order asked.</param>
    /// <param name="single">One task was named, so the document is an object.</param>
    /// <param name="sentence">What was done to a task, for a person.</param>
    public static int Write(CommandRun run, IReadOnlyList<TaskOutcome> outcomes, bool single, Func<TaskOutcome, string> sentence)
    {
        var done = outcomes.Where(outcome => outcome.Refusal is null).ToList();
        if (run.Json)
            WriteJson(done, single);
        else if (done.Count > 0)
            StandardOutput.Lines(done.Select(sentence));
        if (!run.Json)
            done.ForEach(outcome => OverlapWarning.Tell(outcome.Id, outcome.Overlaps));
        return run.Failure.Tell(Refusals(outcomes));
    }

    /// <summary>The same where the next task is claimed besides: <c>completed</c> is an array, and <c>next</c> the task or null.</summary>
    public static int Write(CommandRun run, CompletionAnswer answer, Func<TaskOutcome, string> sentence)
    {
        var done = answer.Completed.Where(outcome => outcome.Refusal is null).ToList();
        if (run.Json && done.Count > 0)
        {
            StandardOutput.Json(writer => TaskJson.Write(writer, answer));
        }
        else if (!run.Json && done.Count > 0)
        {
            StandardOutput.Lines(done.Select(sentence));
        }
        if (answer.Next is { } next)
        {
            if (!run.Json)
                ClaimReport.WriteText(next);
            ClaimReport.TellNothing(run, next);
        }
        return run.Failure.Tell(Refusals(answer.Completed));
    }

    /// <summary>Todos as they stand: an object when one was named (nothing if it was refused), else an array.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="single">One was named.</param>
    /// <param name="ended">Why whoever has a task does not work on it any more.</param>
    public static void WriteTasks(IReadOnlyList<AgentTask> tasks, bool single, Func<AgentTask, LeaseEnd?> ended)
    {
        if (single && tasks.Count == 0)
            return;
        StandardOutput.Json(writer => JsonText.Write(writer, tasks, single, (each, task) => TaskJson.Write(each, task, ended(task))));
    }

    public static IReadOnlyList<Refusal> Refusals(IEnumerable<TaskOutcome> outcomes) =>
        outcomes.Where(outcome => outcome.Refusal is not null).Select(outcome => outcome.Refusal!).ToList();

    private static void WriteJson(List<TaskOutcome> done, bool single)
    {
        if (single && done.Count == 0)
            return;
        StandardOutput.Json(writer => JsonText.Write(writer, done, single, TaskJson.Write));
    }
}

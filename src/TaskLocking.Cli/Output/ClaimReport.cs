using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>The answer of <c>next</c>: the tasks with their claims, or <c>null</c> and the reason.</summary>
internal static class ClaimReport
{
    /// <param name="run">Where to.</param>
    /// <param name="answer">What was claimed.</param>
    /// <param name="isList">Several may have been asked for: in JSON the document is an array.</param>
    public static void Write(CommandRun run, TaskRequestAnswer answer, bool isList)
    {
        if (run.Json)
            StandardOutput.Json(writer => TaskJson.Write(writer, answer, isList));
        else
            WriteText(answer);
        TellNothing(run, answer);
    }

    /// <summary>The claimed tasks as sheets, for a person.</summary>
    public static void WriteText(TaskRequestAnswer answer)
    {
        for (var i = 0; i < answer.Claimed.Count; i++)
        {
            if (i > 0)
                StandardOutput.Line("");
            TaskText.Write(answer.Claimed[i].Task!, ended: null);
        }
        foreach (var outcome in answer.Claimed)
            OverlapWarning.Tell(outcome.Id, outcome.Overlaps);
    }

    /// <summary>Why nothing was claimed, on standard error.</summary>
    public static void TellNothing(CommandRun run, TaskRequestAnswer answer)
    {
        if (answer.Task is null)
            TellNothing(run, answer.Nothing ?? "Nothing is ready.", answer.InVain);
    }

    /// <summary>That there is nothing yet, on standard error, so that nobody wonders what the command does.</summary>
    public static void TellWaiting(CommandRun run) => TellNothing(run, "Nothing is ready: waiting for a task.", inVain: null);

    // The reason is no part of the answer: a script that reads the answer finds it empty.
    private static void TellNothing(CommandRun run, string reason, string? inVain)
    {
        if (!run.Json)
        {
            StandardError.Line(reason);
            return;
        }
        if (inVain is not null)
            NoticeReport.Warn("WaitsInVain", inVain);
        if (!run.Talkative)
            return;
        StandardError.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("success", true);
            writer.WriteString("message", reason);
            writer.WriteEndObject();
        });
    }
}

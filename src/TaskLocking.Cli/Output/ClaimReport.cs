using TaskLocking.Cli.Running;
using TaskLocking.Leases;

namespace TaskLocking.Cli.Output;

/// <summary>The answer of <c>next</c>: the task with its claim, or <c>null</c> and the reason.</summary>
internal static class ClaimReport
{
    public static void Write(CommandRun run, TaskRequestAnswer answer)
    {
        if (answer.Task is not { } task)
            WriteNothing(run, answer.Nothing ?? "Nothing is ready.", answer.InVain);
        else if (run.Json)
            StandardOutput.Json(writer => LeaseJson.Write(writer, task, answer.Overlaps));
        else
            TaskText.Write(task, ended: null);
        if (!run.Json && answer.Task is not null)
            OverlapWarning.Tell(answer.Task.Id, answer.Overlaps);
    }

    // The reason is no part of the answer: a script that reads the answer finds it empty.
    private static void WriteNothing(CommandRun run, string reason, string? inVain)
    {
        if (!run.Json)
        {
            StandardError.Line(reason);
            return;
        }
        StandardOutput.Json(writer => writer.WriteNullValue());
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

using System.Collections.Generic;
using System.Linq;
using TaskLocking.Automation;

namespace TaskLocking.Cli.Output;

/// <summary>The summary of a nightly run.</summary>
internal static class AssignmentRunReport
{
    public static void WriteText(AssignmentRun run)
    {
        var lines = new List<string>();
        lines.AddRange(run.Maintenance.Select(item => $"set right  {item.Subject}: {item.Message}"));
        lines.AddRange(run.Assigned.Select(given =>
            $"assigned   {given.TaskId} to {given.Type}:{given.Agent}, who has {given.OpenTasks} now"));
        lines.AddRange(run.Skipped.Select(skipped => $"skipped    {skipped.TaskId}: {skipped.Reason}"));
        var counts = $"{run.Maintenance.Count} set right, {run.Assigned.Count} assigned, {run.Skipped.Count} skipped";
        lines.Add(counts + (run.WhatIf ? "; nothing was changed (--what-if)" : ""));
        StandardOutput.Lines(lines);
    }

    public static void WriteJson(AssignmentRun run) => StandardOutput.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("what_if", run.WhatIf);
        writer.WriteString("started", JsonText.Time(run.Started));
        writer.WriteStartArray("maintenance");
        foreach (var item in run.Maintenance)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", item.Kind.ToString());
            writer.WriteString("subject", item.Subject);
            writer.WriteString("agent", item.Agent);
            writer.WriteString("message", item.Message);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("assigned");
        foreach (var given in run.Assigned)
        {
            writer.WriteStartObject();
            writer.WriteString("task_id", given.TaskId);
            writer.WriteString("task_name", given.TaskName);
            writer.WriteString("type", given.Type);
            writer.WriteString("agent", given.Agent);
            writer.WriteNumber("open_tasks", given.OpenTasks);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("skipped");
        foreach (var skipped in run.Skipped)
        {
            writer.WriteStartObject();
            writer.WriteString("task_id", skipped.TaskId);
            writer.WriteString("reason", skipped.Reason);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}

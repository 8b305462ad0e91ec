using System.Text;
using TaskLocking.Automation;

namespace TaskLocking.Cli.Output;

/// <summary>The summary of a nightly run.</summary>
internal static class AssignmentRunReport
{
    public static void WriteText(AssignmentRun run)
    {
        var text = new StringBuilder();
        foreach (var item in run.Maintenance)
            text.Append("set right  ").Append(item.Subject).Append(": ").Append(item.Message).Append('\n');
        foreach (var given in run.Assigned)
            text.Append("assigned   ").Append($"{given.TaskId} to {given.Type}:{given.Agent}, who has {given.OpenTasks} now\n");
        foreach (var skipped in run.Skipped)
            text.Append("skipped    ").Append(skipped.TaskId).Append(": ").Append(skipped.Reason).Append('\n');
        text.Append($"{run.Maintenance.Count} set right, {run.Assigned.Count} assigned, {run.Skipped.Count} skipped");
        StandardOutput.Line(text.Append(run.WhatIf ? "; nothing was changed (--what-if)" : "").ToString());
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

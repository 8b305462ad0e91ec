using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>The answers of <c>assign</c> and <c>unassign</c>, in the origins' JSON, and who has what.</summary>
internal static class AssignmentJson
{
    /// <summary>One named task: who has it now and who had it.</summary>
    public static void Write(Utf8JsonWriter writer, TaskOutcome outcome, long milliseconds)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("success", true);
        writer.WriteString("task_id", outcome.Id);
        writer.WriteString("task_name", outcome.Task!.Name);
        writer.WritePropertyName("assignee");
        JsonText.Write(writer, outcome.Task.Assignee);
        writer.WritePropertyName("previous_assignee");
        JsonText.Write(writer, outcome.Previous?.Assignee);
        writer.WriteNumber("duration_ms", milliseconds);
        writer.WriteBoolean("locked", true);
        writer.WriteEndObject();
    }

    /// <summary>A batch: what was done, what was refused and why.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="deed">"assigned" or "unassigned".</param>
    /// <param name="refusal">Why the batch was refused as a whole; null if it was not.</param>
    public static void Write(Utf8JsonWriter writer, AssignmentResult result, string deed, Refusal? refusal)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("success", refusal is null);
        JsonText.Write(writer, deed, result.Assigned, static (each, outcome) => each.WriteStringValue(outcome.Id));
        if (refusal is not null)
            RefusalJson.WriteFacts(writer, refusal, withReason: true);
        JsonText.Write(writer, "failed", result.Failed, static (each, outcome) =>
        {
            each.WriteStartObject();
            RefusalJson.WriteFacts(each, outcome.Refusal!, withReason: true);
            each.WriteEndObject();
        });
        writer.WriteNumber("total", result.Assigned.Count + result.Failed.Count);
        writer.WriteEndObject();
    }

    /// <summary>A task with who has it.</summary>
    public static void Write(Utf8JsonWriter writer, AgentTask task)
    {
        writer.WriteStartObject();
        writer.WriteString("task_id", task.Id);
        writer.WriteString("task_name", task.Name);
        writer.WriteString("status", task.StatusText);
        writer.WritePropertyName("assignee");
        JsonText.Write(writer, task.Assignee);
        writer.WriteEndObject();
    }

    /// <summary>How much somebody has to do.</summary>
    public static void Write(Utf8JsonWriter writer, AssigneeWorkload load)
    {
        writer.WriteStartObject();
        writer.WriteString("type", load.Type);
        writer.WriteString("name", load.Name);
        writer.WriteNumber("open", load.Open);
        writer.WriteNumber("in_progress", load.InProgress);
        writer.WriteNumber("total", load.Total);
        writer.WriteEndObject();
    }
}

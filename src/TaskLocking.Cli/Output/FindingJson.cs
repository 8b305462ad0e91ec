using System.Collections.Generic;
using System.Text.Json;
using TaskLocking.Scheduling;
using TaskLocking.Storage;

namespace TaskLocking.Cli.Output;

/// <summary>What waits in vain, and what is not understood, as members of a JSON object.</summary>
internal static class FindingJson
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<StuckTask> stuck)
    {
        writer.WriteStartArray("stuck");
        foreach (var task in stuck)
        {
            writer.WriteStartObject();
            writer.WriteString("task_id", task.TaskId);
            writer.WritePropertyName("reasons");
            JsonText.Write(writer, task.Reasons);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<TodoFinding> findings)
    {
        writer.WriteStartArray("not_understood");
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", finding.Kind.ToString());
            writer.WriteString("task_id", finding.TaskId);
            writer.WriteNumber("place", finding.Place);
            writer.WriteString("field", finding.Field);
            writer.WriteString("message", finding.Message);
            writer.WriteBoolean("error", finding.IsError);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}

using System.Collections.Generic;
using System.Text.Json;
using TaskLocking.Todo2;

namespace TaskLocking.Wire;

/// <summary>What waits in vain, and what is not understood, as members of a JSON object.</summary>
internal static class FindingJson
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<StuckTask> stuck) => JsonText.Write(writer, "stuck", stuck, Write);

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<TodoFinding> findings) =>
        JsonText.Write(writer, "not_understood", findings, Write);

    private static void Write(Utf8JsonWriter writer, StuckTask task)
    {
        writer.WriteStartObject();
        writer.WriteString("task_id", task.TaskId);
        JsonText.Write(writer, "reasons", task.Reasons);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, TodoFinding finding)
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
}

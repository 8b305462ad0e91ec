using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>What <c>graph check</c> found, as JSON.</summary>
internal static class GraphJson
{
    public static void Write(Utf8JsonWriter writer, GraphReport report)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("healthy", report.IsHealthy);
        writer.WriteNumber("tasks", report.Tasks);
        writer.WriteNumber("dependencies", report.Dependencies);
        JsonText.Write(writer, "cycles", report.Cycles, JsonText.Write);
        JsonText.Write(writer, "dangling", report.Dangling, Write);
        JsonText.Write(writer, "parent_missing", report.ParentMissing, Write);
        FindingJson.Write(writer, report.Stuck);
        FindingJson.Write(writer, report.NotUnderstood);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, DanglingDependency dangling)
    {
        writer.WriteStartObject();
        writer.WriteString("task_id", dangling.TaskId);
        writer.WriteString("missing", dangling.Missing);
        writer.WriteEndObject();
    }
}

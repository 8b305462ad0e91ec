using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>A workspace as JSON: whether it can be trusted and used, and what a <c>sync</c> did with it.</summary>
internal static class WorkspaceJson
{
    public static void Write(Utf8JsonWriter writer, WorkspaceReport report, WorkspacePlace place)
    {
        writer.WriteStartObject();
        writer.WriteString("workspace", report.Workspace);
        writer.WriteString("found", place.Reason);
        writer.WriteString("copy", place.Copy);
        writer.WriteString("mount", report.Mount);
        writer.WriteString("file_system", report.FileSystem);
        writer.WriteBoolean("passed", report.Passed);
        JsonText.Write(writer, "items", report.Items, Write);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, TrustedWorkspace answer)
    {
        writer.WriteStartObject();
        writer.WriteString("workspace", answer.Workspace);
        writer.WriteString("owner", answer.Owner);
        writer.WriteBoolean("ours", answer.IsOurs);
        writer.WriteBoolean("trusted", answer.IsTrusted);
        writer.WriteBoolean("changed", answer.IsChanged);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, SyncReport report)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", report.Version);
        writer.WriteNumber("tasks", report.Tasks);
        writer.WriteNumber("adopted", report.Adopted);
        JsonText.Write(writer, "kept_aside", report.KeptAside);
        writer.WriteNumber("swept_lock_files", report.SweptLockFiles);
        writer.WriteBoolean("checkpoint", report.Checkpoint);
        FindingJson.Write(writer, report.NotUnderstood);
        writer.WriteEndObject();
    }

    /// <summary>What came of bringing one board into another.</summary>
    public static void Write(Utf8JsonWriter writer, MergeReport report)
    {
        writer.WriteStartObject();
        JsonText.Write(writer, "added", report.Added);
        JsonText.Write(writer, "same", report.Same);
        JsonText.Write(writer, "differing", report.Differing);
        JsonText.Write(writer, "released", report.Released);
        JsonText.Write(writer, "completed", report.Completed);
        writer.WriteString("kept_aside", report.KeptAside);
        writer.WriteString("retired", report.Retired);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, WorkspaceCheckItem item)
    {
        writer.WriteStartObject();
        writer.WriteString("name", item.Name);
        writer.WriteBoolean("passed", item.Passed);
        writer.WriteString("detail", item.Detail);
        writer.WriteNumber("duration_ms", System.Math.Round(item.Duration.TotalMilliseconds, 3));
        writer.WriteEndObject();
    }
}

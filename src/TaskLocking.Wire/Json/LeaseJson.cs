using System.Collections.Generic;
using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>Leases on files as JSON.</summary>
internal static class LeaseJson
{
    public static void Write(Utf8JsonWriter writer, FileLease lease)
    {
        writer.WriteStartObject();
        writer.WriteString("path", lease.Path);
        writer.WriteString("agent", lease.Agent);
        if (lease.Type is not null)
            writer.WriteString("type", lease.Type);
        if (lease.Worktree is not null)
            writer.WriteString("worktree", lease.Worktree);
        writer.WriteBoolean("shared", lease.IsShared);
        writer.WriteString("since", JsonText.Time(lease.Since));
        writer.WriteString("expires", JsonText.Time(lease.Expires));
        writer.WriteString("task_id", lease.TaskId);
        writer.WriteString("host", lease.Host);
        if (lease.Pid is { } pid)
            writer.WriteNumber("pid", pid);
        else
            writer.WriteNull("pid");
        writer.WriteString("process_start", lease.ProcessStart);
        writer.WriteEndObject();
    }

    /// <summary>Leases of one path or several: an object, or null where the one path has none, else an array.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<FileLease> leases, bool single)
    {
        if (single && leases.Count == 0)
            writer.WriteNullValue();
        else
            JsonText.Write(writer, leases, single && leases.Count == 1, Write);
    }

    /// <summary>Whether a path is free, and whose leases overlap it.</summary>
    public static void Write(Utf8JsonWriter writer, FileTestResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("path", result.Path);
        writer.WriteBoolean("free", result.IsFree);
        JsonText.Write(writer, "conflicts", result.Conflicts, Write);
        writer.WriteEndObject();
    }

    /// <summary>A path that overlaps somebody's lease, with the lease.</summary>
    public static void Write(Utf8JsonWriter writer, FileConflict overlap)
    {
        writer.WriteStartObject();
        writer.WriteString("path", overlap.Path);
        writer.WritePropertyName("lease");
        Write(writer, overlap.Lease);
        writer.WriteEndObject();
    }
}

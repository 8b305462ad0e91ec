using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using TaskLocking.Leases;
using TaskLocking.Tasks;

namespace TaskLocking.Cli.Output;

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

    /// <summary>A list of them under a name.</summary>
    public static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<FileLease> leases)
    {
        writer.WriteStartArray(name);
        foreach (var lease in leases)
            Write(writer, lease);
        writer.WriteEndArray();
    }

    /// <summary>A todo as it stands and, where somebody else has its files, <c>overlaps</c> behind its own members.</summary>
    public static void Write(Utf8JsonWriter writer, AgentTask task, IReadOnlyList<FileConflict> overlaps)
    {
        if (overlaps.Count == 0)
        {
            JsonText.Write(writer, task);
            return;
        }
        Write(writer, task, "overlaps", Encoding.UTF8.GetString(JsonText.Line(array => Write(array, overlaps)).Span).TrimEnd());
    }

    /// <summary>A todo as it stands and, where its claim does not hold any more, <c>holder_ended</c> behind its own members.</summary>
    public static void Write(Utf8JsonWriter writer, AgentTask task, LeaseEnd? ended)
    {
        if (ended is null)
            JsonText.Write(writer, task);
        else
            Write(writer, task, "holder_ended", ended == LeaseEnd.ProcessEnded ? "\"gone\"" : "\"expired\"");
    }

    // The todo goes out as it stands: it may have names that no reader takes for text.
    private static void Write(Utf8JsonWriter writer, AgentTask task, string name, string value)
    {
        var todo = task.ToJson();
        writer.WriteRawValue($"{todo[..todo.LastIndexOf('}')]},\"{name}\":{value}}}", skipInputValidation: true);
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<FileConflict> overlaps)
    {
        writer.WriteStartArray();
        foreach (var overlap in overlaps)
        {
            writer.WriteStartObject();
            writer.WriteString("path", overlap.Path);
            writer.WritePropertyName("lease");
            Write(writer, overlap.Lease);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}

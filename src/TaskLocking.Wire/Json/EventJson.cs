using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>
/// A commit: <c>{"version":…,"time":…,"kind":…,"task_ids":[…],"by":…,"changes":[{"kind":…,"task_id":…}]}</c>; of a change what it
/// has.
/// </summary>
internal static class EventJson
{
    public static void Write(Utf8JsonWriter writer, TaskEvent told)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", told.Version);
        writer.WriteString("time", JsonText.Time(told.Time));
        writer.WriteString("kind", Word(told.Kind));
        JsonText.Write(writer, "task_ids", told.TaskIds);
        writer.WriteString("by", told.By);
        JsonText.Write(writer, "changes", told.Changes, Write);
        writer.WriteEndObject();
    }

    /// <summary>A kind in the words of the wire: <c>file_locked</c>.</summary>
    public static string Word(TaskEventKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static void Write(Utf8JsonWriter writer, TaskEventChange change)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", Word(change.Kind));
        Write(writer, "task_id", change.TaskId);
        Write(writer, "agent", change.Agent);
        Write(writer, "path", change.Path);
        Write(writer, "swarm", change.Swarm);
        Write(writer, "from", Text(change.From));
        Write(writer, "to", Text(change.To));
        Write(writer, "reason", change.Reason);
        if (change.Fields.Count > 0)
            JsonText.Write(writer, "fields", change.Fields);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    private static string? Text(AgentTaskStatus? status) => status is { } known ? Words.Text(known) : null;
}

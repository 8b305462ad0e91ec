using System;
using System.Collections.Generic;
using System.Text.Json;
using TaskLocking.Tasks;

namespace TaskLocking.Storage;

/// <summary>Writes what a new task adds to a document, as one line of JSON.</summary>
internal static class TodoWriter
{
    /// <summary>A new todo with every field that a todo always has; its version comes with the commit.</summary>
    public static byte[] Write(TaskDefinition definition, DateTimeOffset now, string by, long? taskNumber)
    {
        var buffer = new ByteBuffer(640);
        var time = Timestamp.Format(now);
        using (var writer = new Utf8JsonWriter(buffer, JsonSlices.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, definition.Id);
            writer.WriteString("name"u8, definition.Name ?? definition.Id);
            if (definition.Content is not null)
                writer.WriteString("content"u8, definition.Content);
            writer.WriteString("status"u8, "Todo"u8);
            writer.WriteString("priority"u8, TodoWords.Of(definition.Priority));
            WriteList(writer, "tags", definition.Tags);
            WriteList(writer, "dependencies", definition.Dependencies);
            if (taskNumber is { } number)
                writer.WriteNumber("taskNumber"u8, number);
            writer.WriteString("created"u8, time);
            writer.WriteString("lastModified"u8, time);
            writer.WriteStartArray("changes"u8);
            writer.WriteStartObject();
            writer.WriteString("field"u8, "status"u8);
            writer.WriteNull("oldValue"u8);
            writer.WriteString("newValue"u8, "Todo"u8);
            writer.WriteString("timestamp"u8, time);
            writer.WriteString("by"u8, by);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteStartObject("taskLocking"u8);
            WriteText(writer, "agent", definition.Agent);
            WriteText(writer, "taskFile", definition.TaskFile);
            WriteText(writer, "swarm", definition.Swarm);
            if (definition.Requires.Count > 0)
                WriteList(writer, "requires", definition.Requires);
            WriteExecution(writer, definition);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <summary>The <c>assignee</c> object.</summary>
    public static string Assignee(Assignee assignee)
    {
        var at = assignee.AssignedAt is { } time ? Timestamp.Format(time) : null;
        return "{\"type\":" + Quote(assignee.Type) + ",\"name\":" + Quote(assignee.Name) + ",\"hostname\":" + Quote(assignee.Hostname) +
            ",\"assigned_at\":" + Quote(at) + ",\"assigned_by\":" + Quote(assignee.AssignedBy) + "}";

        static string Quote(string? text) => text is null ? "null" : JsonSlices.Quote(text);
    }

    private static void WriteExecution(Utf8JsonWriter writer, TaskDefinition definition)
    {
        if (definition.AllowedAgents.Count > 0)
            WriteList(writer, "allow", definition.AllowedAgents);
        if (definition.Files.Count > 0)
            WriteList(writer, "files", definition.Files);
        if (definition.MaxAttempt != 1)
            writer.WriteNumber("maxAttempt"u8, definition.MaxAttempt);
        if (definition.RetryDelay is { } delay)
            writer.WriteNumber("retryDelay"u8, delay.TotalSeconds);
        if (definition.TimeLimit is { } limit)
            writer.WriteNumber("timeLimit"u8, limit.TotalSeconds);
        if (definition.NotBefore is { } time)
            writer.WriteString("notBefore"u8, Timestamp.Format(time));
        if (definition.NeedsReview)
            writer.WriteBoolean("review"u8, true);
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}

using System;
using System.IO;
using System.Text;
using System.Text.Json;
using TaskLocking.Locking;

namespace TaskLocking.PostgreSql;

/// <summary>Who holds a task, as the database keeps it: for messages, and for who can judge the process.</summary>
internal static class HolderJson
{
    /// <summary>Writes it.</summary>
    /// <param name="holder">Who.</param>
    /// <param name="start">When the process started, in the words of its system; null where that is not known.</param>
    public static string Write(LockHolder holder, string? start)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (holder.Pid is { } pid)
                writer.WriteNumber("pid", pid);
            writer.WriteString("agent", holder.Agent);
            writer.WriteString("host", holder.Host);
            if (holder.Since is { } since)
                writer.WriteString("since", since);
            writer.WriteString("doing", holder.Doing);
            writer.WriteString("start", start);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Reads it; what is not understood is unknown.</summary>
    public static LockHolder Read(string json, out string? start)
    {
        start = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            start = HolderFile.Text(document.RootElement, "start");
            return HolderFile.HolderOf(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return LockHolder.Unknown;
        }
    }
}

using System;
using System.Globalization;
using System.IO;
using System.Text.Json;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>Makes Todo2 documents like those that Todo2 writes: about 600 bytes a todo, indented by 2.</summary>
internal static class TodoDocument
{
    private static readonly string[] Statuses = ["Todo", "In Progress", "Review", "Done", "Blocked"];
    private static readonly string[] Priorities = ["low", "medium", "high", "critical"];

    /// <summary>The id of the task at a place, from 0.</summary>
    public static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"T-{index:d5}");

    /// <summary>Writes and flushes a document.</summary>
    public static void Write(string path, int tasks)
    {
        using var file = File.Create(path);
        using (var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartArray("todos");
            for (var i = 0; i < tasks; i++)
                WriteTodo(json, i);
            json.WriteEndArray();
            json.WriteString("lastModified", Time(tasks));
            json.WriteStartObject("project");
            json.WriteString("id", "benchmark");
            json.WriteEndObject();
            json.WriteNumber("nextTaskNumber", tasks + 1);
            json.WriteEndObject();
        }
        file.Flush(flushToDisk: true);
    }

    private static void WriteTodo(Utf8JsonWriter json, int index)
    {
        json.WriteStartObject();
        json.WriteString("id", Id(index));
        json.WriteString("name", $"Task {index}: bring part {index % 37} in line with its description");
        json.WriteString("content", $"Read what part {index % 37} promises, write down where it differs, and change the smaller side. " +
            "What cannot be decided here is asked, not guessed; the answer goes into the comments.");
        json.WriteString("status", Statuses[index % Statuses.Length]);
        json.WriteString("priority", Priorities[index % Priorities.Length]);
        json.WriteStartArray("tags");
        json.WriteStringValue("backend");
        json.WriteStringValue($"part-{index % 37}");
        json.WriteEndArray();
        json.WriteStartArray("dependencies");
        if (index % 3 == 2)
            json.WriteStringValue(Id(index - 1));
        json.WriteEndArray();
        json.WriteString("created", Time(index));
        json.WriteString("lastModified", Time(index + 60));
        json.WriteNumber("taskNumber", index + 1);
        json.WriteNumber("estimatedHours", index % 2 == 0 ? 1.5 : 2);
        json.WriteEndObject();
    }

    private static string Time(int seconds) =>
        new DateTime(2025, 1, 1, 8, 0, 0, DateTimeKind.Utc).AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            CultureInfo.InvariantCulture);
}

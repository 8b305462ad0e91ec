using System.Globalization;
using System.IO;
using System.Text.Json;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>Makes files for <c>task new --from</c>: JSON lines of an id, a name, a priority and, for every third, a dependency.</summary>
internal static class DefinitionFile
{
    private static readonly string[] Priorities = ["low", "medium", "high", "critical"];

    /// <summary>Writes so many definitions.</summary>
    public static void Write(string path, int tasks)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file);
        for (var i = 0; i < tasks; i++)
        {
            json.WriteStartObject();
            json.WriteString("id", TodoDocument.Id(i));
            json.WriteString("name", string.Create(CultureInfo.InvariantCulture,
                $"Task {i}: bring part {i % 37} in line with its description"));
            json.WriteString("priority", Priorities[i % Priorities.Length]);
            if (i % 3 == 2)
            {
                json.WriteStartArray("dependencies");
                json.WriteStringValue(TodoDocument.Id(i - 1));
                json.WriteEndArray();
            }
            json.WriteEndObject();
            json.Flush();
            file.WriteByte((byte)'\n');
            json.Reset();
        }
    }
}

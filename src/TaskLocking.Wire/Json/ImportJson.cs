using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>What became of an import, as JSON.</summary>
internal static class ImportJson
{
    public static void Write(Utf8JsonWriter writer, ImportReport report)
    {
        writer.WriteStartObject();
        JsonText.Write(writer, "added", report.Added);
        JsonText.Write(writer, "changed", report.Changed);
        JsonText.Write(writer, "unchanged", report.Unchanged);
        JsonText.Write(writer, "remarks", report.Remarks);
        writer.WriteEndObject();
    }
}

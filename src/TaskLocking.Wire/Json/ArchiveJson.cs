using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>What an archiving did as JSON.</summary>
internal static class ArchiveJson
{
    public static void Write(Utf8JsonWriter writer, ArchiveReport report)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("what_if", report.WhatIf);
        JsonText.Write(writer, "archived", report.Archived);
        JsonText.Write(writer, "needed", report.Needed);
        writer.WriteNumber("in_archive", report.InArchive);
        writer.WriteEndObject();
    }
}

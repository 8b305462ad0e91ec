using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>Who holds a resource, as JSON.</summary>
internal static class ResourceJson
{
    public static void Write(Utf8JsonWriter writer, ResourceUse use)
    {
        writer.WriteStartObject();
        writer.WriteString("resource", use.Name);
        writer.WriteNumber("limit", use.Limit);
        writer.WriteString("agent", use.Agent);
        if (use.Pid is { } pid)
            writer.WriteNumber("pid", pid);
        else
            writer.WriteNull("pid");
        writer.WriteString("host", use.Host);
        writer.WriteString("since", JsonText.Time(use.Since));
        writer.WriteString("doing", use.Doing);
        writer.WriteEndObject();
    }
}

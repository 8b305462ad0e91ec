using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>Registered agents as JSON.</summary>
internal static class AgentJson
{
    public static void Write(Utf8JsonWriter writer, AgentProfile agent)
    {
        writer.WriteStartObject();
        writer.WriteString("name", agent.Name);
        writer.WriteString("type", agent.Type);
        writer.WriteString("host", agent.Host);
        JsonText.Write(writer, "capabilities", agent.Capabilities);
        writer.WriteNumber("max_tasks", agent.MaxTasks);
        writer.WriteString("registered", JsonText.Time(agent.Registered));
        writer.WriteEndObject();
    }
}

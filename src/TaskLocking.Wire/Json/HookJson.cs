using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>What a hook is told, and what scripts there are, as JSON.</summary>
internal static class HookJson
{
    /// <summary>The event: what a hook reads on its standard input.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="told">The event.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="task">The task as it is now; null where there is none.</param>
    public static void Write(Utf8JsonWriter writer, HookEvent told, string workspace, AgentTask? task)
    {
        writer.WriteStartObject();
        writer.WriteString("event", WorkspaceHooks.NameOf(told.Kind));
        writer.WriteNumber("version", told.Version);
        writer.WriteString("time", JsonText.Time(told.Time));
        writer.WriteString("by", told.By);
        writer.WriteString("task_id", told.TaskId);
        writer.WriteString("swarm_id", told.Swarm);
        writer.WriteString("agent", told.Agent);
        JsonText.Write(writer, "reasons", told.Reasons);
        writer.WriteString("workspace", workspace);
        writer.WritePropertyName("task");
        if (task is null)
            writer.WriteNullValue();
        else
            TaskJson.Write(writer, task);
        writer.WriteEndObject();
    }

    /// <summary>A script.</summary>
    public static void Write(Utf8JsonWriter writer, HookScript script)
    {
        writer.WriteStartObject();
        writer.WriteString("event", WorkspaceHooks.NameOf(script.Kind));
        writer.WriteString("path", script.Path);
        writer.WriteString("sha256", script.Digest);
        writer.WriteBoolean("trusted", script.IsTrusted);
        writer.WriteString("fault", script.Fault);
        writer.WriteEndObject();
    }
}

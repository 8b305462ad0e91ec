using System;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>
/// A task as answers tell it: what is needed to choose and to work, or the whole todo. Tokens are told to who has the claim.
/// </summary>
internal static class TaskLine
{
    /// <summary>The task in the detail that a call asks for.</summary>
    public static Action<Utf8JsonWriter, AgentTask> For(ToolCall call, string standard) =>
        string.Equals(call.Text("detail") ?? standard, "full", StringComparison.Ordinal) ? TaskJson.Write : Write;

    /// <summary>In short.</summary>
    public static void Write(Utf8JsonWriter writer, AgentTask task) => Write(writer, task, hasToken: false);

    /// <summary>What became of a task, for who has its claim.</summary>
    public static void WriteClaimed(Utf8JsonWriter writer, TaskOutcome outcome) => Write(writer, outcome.Task!, hasToken: true);

    public static void Write(Utf8JsonWriter writer, TaskOutcome outcome) => Write(writer, outcome.Task!, hasToken: false);

    private static void Write(Utf8JsonWriter writer, AgentTask task, bool hasToken)
    {
        writer.WriteStartObject();
        writer.WriteString("id", task.Id);
        writer.WriteString("name", task.Name);
        writer.WriteString("status", task.StatusText);
        writer.WriteString("priority", task.Priority.ToString().ToLowerInvariant());
        writer.WriteString("assignee", task.Assignee?.ToString());
        Write(writer, "swarm", task.Swarm);
        Write(writer, "parent", task.Parent);
        if (task.Children is { } children)
        {
            writer.WriteNumber("child_count", children.Total);
            writer.WriteNumber("children_closed", children.Closed);
        }
        WriteLists(writer, task);
        if (task.BlockedBy is { } block)
            writer.WriteString("blocked_by", block.Root);
        if (task.Failure is { } failure)
            writer.WriteString("failure", failure.Reason);
        if (hasToken && task.Content is not null)
            writer.WriteString("content", task.Content);
        if (task.Claim is { } claim)
            Write(writer, claim, hasToken);
        if (task.IsArchived)
            writer.WriteBoolean("archived", true);
        if (task.Attempt > 0)
            writer.WriteNumber("attempt", task.Attempt);
        writer.WriteNumber("version", task.Version);
        writer.WriteEndObject();
    }

    private static void WriteLists(Utf8JsonWriter writer, AgentTask task)
    {
        if (task.Tags.Count > 0)
            JsonText.Write(writer, "tags", task.Tags);
        if (task.Dependencies.Count > 0)
            JsonText.Write(writer, "dependencies", task.Dependencies);
        if (task.Files.Count > 0)
            JsonText.Write(writer, "files", task.Files);
        if (task.Requires.Count > 0)
            JsonText.Write(writer, "requires", task.Requires);
    }

    private static void Write(Utf8JsonWriter writer, TaskClaim claim, bool hasToken)
    {
        writer.WriteStartObject("claim");
        if (hasToken)
            writer.WriteNumber("token", claim.Token);
        writer.WriteString("agent", claim.Agent);
        writer.WriteString("expires", JsonText.Time(claim.Expires));
        writer.WriteString("liveness", claim.Pid is null ? "time" : "process");
        if (claim.Pid is { } pid)
        {
            writer.WriteNumber("pid", pid);
            writer.WriteString("host", claim.Host);
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}

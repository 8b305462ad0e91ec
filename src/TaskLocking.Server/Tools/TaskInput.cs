using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary>Tasks as arguments: the fields that <c>task new --from</c> reads, in snake_case, and for a change a status besides.</summary>
internal static class TaskInput
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["task_file"] = "taskFile",
        ["max_attempt"] = "maxAttempt",
        ["retry_delay"] = "retryDelay",
        ["time_limit"] = "timeLimit",
        ["not_before"] = "notBefore",
        ["needs_review"] = "review",
    };

    /// <summary>The fields with what each takes, for the schema.</summary>
    public static IReadOnlyList<ToolField> Fields { get; } =
    [
        ToolField.Text("id", "") with { IsRequired = true },
        ToolField.Text("name", ""),
        ToolField.Text("content", ""),
        ToolField.Word("priority", "", null, "low", "medium", "high", "critical"),
        ToolField.Word("status", "edit only.", null, "todo", "in_progress", "review", "done", "blocked", "cancelled", "failed"),
        ToolField.Texts("tags", ""),
        ToolField.Texts("dependencies", ""),
        ToolField.Text("swarm", ""),
        ToolField.Text("parent", "Whose part it is, or none."),
        ToolField.Text("task_file", ""),
        ToolField.Texts("requires", "Capabilities."),
        ToolField.Texts("allow", "Agents that may take it."),
        ToolField.Texts("files", "Taken with the claim."),
        ToolField.Integer("max_attempt", ""),
        ToolField.Text("time_limit", "As 2h."),
        ToolField.Text("not_before", "As 2030-01-31T06:00:00Z, or +30m."),
        ToolField.Flag("needs_review", "") with { Default = null },
        ToolField.Integer("if_version", "edit only."),
    ];

    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static IReadOnlyList<TaskDefinition> Definitions(JsonElement tasks) =>
        DefinitionReader.Read(Renamed(tasks, refused: ["status", "if_version"]), path => path);

    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static IReadOnlyList<TaskEdit> Edits(JsonElement tasks, ClaimProof proof)
    {
        var edits = new List<TaskEdit>();
        foreach (var item in tasks.EnumerateArray())
        {
            // What is wrong with a value is told as of a new task.
            var known = DefinitionReader.Read(Renamed(item, refused: [], left: ["status", "if_version"]), path => path)[0];
            var edit = new TaskEdit(known.Id) { Proof = proof };
            foreach (var property in item.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null))
                edit = With(edit, known, property);
            edits.Add(edit);
        }
        return edits;
    }

    private static TaskEdit With(TaskEdit edit, TaskDefinition given, JsonProperty property) => property.Name switch
    {
        "id" => edit,
        "name" => edit with { Name = given.Name },
        "content" => edit with { Content = given.Content },
        "priority" => edit with { Priority = given.Priority },
        "status" => edit with { Status = Words.Status(Text(property).Replace('_', '-')) },
        "tags" => edit with { Tags = given.Tags },
        "dependencies" => edit with { Dependencies = given.Dependencies },
        "swarm" => edit with { Swarm = given.Swarm },
        "parent" => edit with { Parent = given.Parent },
        "task_file" => edit with { TaskFile = given.TaskFile },
        "requires" => edit with { Requires = given.Requires },
        "allow" => edit with { AllowedAgents = given.AllowedAgents },
        "files" => edit with { Files = given.Files },
        "max_attempt" => edit with { MaxAttempt = given.MaxAttempt },
        "time_limit" => edit with { TimeLimit = given.TimeLimit },
        "not_before" => edit with { NotBefore = given.NotBefore },
        "needs_review" => edit with { NeedsReview = given.NeedsReview },
        "if_version" => edit with { IfVersion = Number(property) },
        _ => throw Unknown(property.Name),
    };

    private static string Text(JsonProperty property) => property.Value.ValueKind == JsonValueKind.String
        ? property.Value.GetString()! : throw ToolCall.Fault($"'{property.Name}' must be a text.");

    private static long Number(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetInt64(out var number)
            ? number : throw ToolCall.Fault($"'{property.Name}' must be a whole number.");

    private static TaskLockingException Unknown(string name) => ToolCall.Fault(
        $"A task has no field '{name}'. It has {string.Join(", ", Fields.Select(field => field.Name))}.");

    private static byte[] Renamed(JsonElement tasks, string[] refused, string[]? left = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var item in tasks.ValueKind == JsonValueKind.Array ? tasks.EnumerateArray().ToList() : [tasks])
                Rename(writer, item, refused, left ?? []);
            writer.WriteEndArray();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Rename(Utf8JsonWriter writer, JsonElement item, string[] refused, string[] left)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw ToolCall.Fault("'tasks' must be a list of objects, as {\"id\": \"T-1\", \"name\": \"Parse the feed\"}.");
        writer.WriteStartObject();
        foreach (var property in item.EnumerateObject())
        {
            if (!Fields.Any(field => string.Equals(field.Name, property.Name, StringComparison.Ordinal)))
                throw Unknown(property.Name);
            if (Array.IndexOf(refused, property.Name) >= 0 && property.Value.ValueKind != JsonValueKind.Null)
                throw ToolCall.Fault($"A new task takes no '{property.Name}'.");
            if (Array.IndexOf(left, property.Name) >= 0)
                continue;
            writer.WritePropertyName(Names.TryGetValue(property.Name, out var name) ? name : property.Name);
            property.Value.WriteTo(writer);
        }
        writer.WriteEndObject();
    }
}

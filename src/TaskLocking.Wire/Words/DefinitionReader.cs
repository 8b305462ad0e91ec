using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>
/// Tasks to define, from JSON lines or a JSON array of <c>{"id":…,"name":…}</c>. Strict: a field that would be lost, a wrong type and
/// what is no JSON are InvalidArgument, with the place, and nothing is defined.
/// </summary>
internal static class DefinitionReader
{
    public const string Fields = "id, name, content, priority, tags, dependencies, agent, taskFile, swarm, parent, requires, allow, files, "
        + "maxAttempt, retryDelay, timeLimit, notBefore, review";

    private const string Example = """Example: {"id":"T-1","name":"Fix the login","priority":"high","dependencies":["T-0"]}""";

    private static readonly JsonReaderOptions Options = new()
    {
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <param name="utf8">The whole input.</param>
    /// <param name="path">What a path or pattern of a file means, relative to where the caller stands.</param>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static IReadOnlyList<TaskDefinition> Read(ReadOnlySpan<byte> utf8, Func<string, string> path)
    {
        var definitions = new List<TaskDefinition>();
        try
        {
            var reader = new Utf8JsonReader(utf8, Options);
            while (reader.Read())
            {
                using var document = JsonDocument.ParseValue(ref reader);
                if (document.RootElement.ValueKind != JsonValueKind.Array)
                    definitions.Add(Definition(document.RootElement, definitions.Count + 1, path));
                else
                    foreach (var item in document.RootElement.EnumerateArray())
                        definitions.Add(Definition(item, definitions.Count + 1, path));
            }
        }
        catch (JsonException fault)
        {
            throw Fault($"The input is no JSON at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}.");
        }
        return definitions;
    }

    private static TaskDefinition Definition(JsonElement item, int number, Func<string, string> path)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw Fault($"Item {number} is no object.");
        var definition = new TaskDefinition("");
        foreach (var property in item.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            var value = new DefinitionValue(property, number);
            definition = property.Name switch
            {
                "id" => definition with { Id = value.Text() },
                "name" => definition with { Name = value.Text() },
                "content" => definition with { Content = value.Text() },
                "priority" => definition with { Priority = Words.Priority(value.Text()) },
                "tags" => definition with { Tags = value.Texts() },
                "dependencies" => definition with { Dependencies = value.Texts() },
                "agent" => definition with { Agent = value.Text() },
                "taskFile" => definition with { TaskFile = value.Text() },
                "swarm" => definition with { Swarm = value.Text() },
                "parent" or "parentId" => definition with { Parent = Words.Parent(value.Text()) },
                "requires" => definition with { Requires = value.Texts() },
                "allow" => definition with { AllowedAgents = value.Texts() },
                "files" => definition with { Files = value.Texts().Select(path).ToList() },
                "maxAttempt" => definition with { MaxAttempt = value.Count() },
                "retryDelay" => definition with { RetryDelay = value.Length() },
                "timeLimit" => definition with { TimeLimit = value.Length() },
                "notBefore" => definition with { NotBefore = Moment.Parse(value.Text(), "\"2030-01-31T06:00:00Z\" or \"+30m\"") },
                "review" => definition with { NeedsReview = value.Flag() },
                _ => throw Fault($"Item {number} has the field '{property.Name}', which a new task does not take. It takes {Fields}."),
            };
        }
        return definition.Id.Length > 0 ? definition : throw Fault($"Item {number} has no id.");
    }

    /// <summary>An InvalidArgument with an example.</summary>
    public static TaskLockingException Fault(string sentence) => new(RefusalCode.InvalidArgument, $"{sentence} {Example}");
}

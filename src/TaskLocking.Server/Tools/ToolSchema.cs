using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace TaskLocking.Server;

/// <summary>What a tool takes and answers, as JSON Schema: always the same bytes for the same table.</summary>
internal static class ToolSchema
{
    public static JsonObject Input(BoardTool tool)
    {
        var action = new JsonObject
        {
            ["type"] = "string",
            ["enum"] = Words(tool.Actions.Select(each => each.Name)),
        };
        return Object(tool.Fields, new JsonObject { ["action"] = action }, ["action"]);
    }

    /// <summary>Every member that an answer may have, and none besides.</summary>
    public static JsonObject Output(BoardTool tool)
    {
        var members = new JsonObject();
        foreach (var (name, types) in tool.Answer)
            members[name] = new JsonObject { ["type"] = types.Contains(' ') ? Words(types.Split(' ')) : types };
        members.TryAdd(AnswerRoom.Cut, new JsonObject { ["type"] = "boolean" });
        return new JsonObject { ["type"] = "object", ["properties"] = members, ["additionalProperties"] = false };
    }

    /// <summary>An object with fields, behind properties that are there already.</summary>
    public static JsonObject Object(IReadOnlyList<ToolField> fields, JsonObject properties, List<string> required)
    {
        foreach (var field in fields)
        {
            properties[field.Name] = Of(field);
            if (field.IsRequired)
                required.Add(field.Name);
        }
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = Words(required),
            ["additionalProperties"] = false,
        };
    }

    /// <summary>What a field takes.</summary>
    public static JsonObject Of(ToolField field)
    {
        var schema = field.Kind switch
        {
            FieldKind.Integer => new JsonObject { ["type"] = "integer" },
            FieldKind.Flag => new JsonObject { ["type"] = "boolean" },
            FieldKind.Texts => new JsonObject { ["type"] = "array", ["items"] = Text(field) },
            FieldKind.Tasks => new JsonObject { ["type"] = "array", ["items"] = Object(TaskInput.Fields, [], []) },
            _ => Text(field),
        };
        if (field.Range is var (least, most))
            (schema["minimum"], schema["maximum"]) = (least, most);
        if (field.Default is { } standard)
            schema["default"] = JsonNode.Parse(standard);
        if (field.Description.Length > 0)
            schema["description"] = field.Description;
        return schema;
    }

    private static JsonObject Text(ToolField field)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (field.Words is { } words)
            schema["enum"] = Words(words);
        return schema;
    }

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word!)]);
}

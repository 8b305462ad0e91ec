using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>The value of one field of a task to define; a wrong type is told with its place.</summary>
internal readonly struct DefinitionValue(JsonProperty property, int item)
{
    public string Text() => property.Value.ValueKind == JsonValueKind.String
        ? property.Value.GetString()!
        : throw DefinitionReader.Fault($"Item {item}: '{property.Name}' must be a text.");

    public int Count() => property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetInt32(out var number)
        ? number
        : throw DefinitionReader.Fault($"Item {item}: '{property.Name}' must be a whole number.");

    /// <summary>A number of seconds, or a text such as "30m".</summary>
    public TimeSpan Length()
    {
        if (property.Value.ValueKind == JsonValueKind.String)
            return Duration.Parse(property.Value.GetString(), "\"30m\"")!.Value;
        return property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetDouble(out var seconds)
            && seconds is >= 0 and <= 1e9
            ? TimeSpan.FromSeconds(seconds)
            : throw DefinitionReader.Fault($"Item {item}: '{property.Name}' must be seconds, or a text such as \"30m\".");
    }

    public bool Flag() => property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? property.Value.GetBoolean()
        : throw DefinitionReader.Fault($"Item {item}: '{property.Name}' must be true or false.");

    public IReadOnlyList<string> Texts()
    {
        if (property.Value.ValueKind != JsonValueKind.Array || property.Value.EnumerateArray()
            .Any(each => each.ValueKind != JsonValueKind.String))
            throw DefinitionReader.Fault($"Item {item}: '{property.Name}' must be a list of texts.");
        return property.Value.EnumerateArray().Select(each => each.GetString()!).ToList();
    }
}

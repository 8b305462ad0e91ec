using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace TaskLocking.Cli.Input;

/// <summary>The value of one field of a task to define; a wrong type is told with its place.</summary>
internal readonly struct DefinitionValue(JsonProperty property, int item)
{
    public string Text() => property.Value.ValueKind == JsonValueKind.String
        ? property.Value.GetString()!
        : throw DefinitionReader.Fault($"Item {item}: '{property.Name}' must be a text.");

    public IReadOnlyList<string> Texts()
    {
        if (property.Value.ValueKind != JsonValueKind.Array || property.Value.EnumerateArray().Any(each => each.ValueKind != JsonValueKind.String))
            throw DefinitionReader.Fault($"Item {item}: '{property.Name}' must be a list of texts.");
        return property.Value.EnumerateArray().Select(each => each.GetString()!).ToList();
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace TaskLocking.Server;

/// <summary>The table of tools as the protocol lists it.</summary>
internal static class ProtocolTools
{
    public static IList<Tool> Of(IEnumerable<BoardTool> tools) => tools.Select(Of).ToList();

    private static Tool Of(BoardTool tool) => new()
    {
        Name = tool.Name,
        Title = tool.Title,
        Description = tool.Description,
        InputSchema = Element(ToolSchema.Input(tool)),
        OutputSchema = Element(ToolSchema.Output(tool)),
        // A tool that changes may, by one of its actions, take something away.
        Annotations = new ToolAnnotations
        {
            Title = tool.Title,
            ReadOnlyHint = !tool.Changes,
            DestructiveHint = tool.Changes,
            IdempotentHint = !tool.Changes,
            OpenWorldHint = false,
        },
    };

    private static JsonElement Element(JsonObject schema)
    {
        using var document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }
}

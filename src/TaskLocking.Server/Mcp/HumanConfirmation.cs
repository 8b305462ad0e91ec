using System;
using System.Collections.Generic;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TaskLocking.Server;

/// <summary>
/// Has the person at the client agree before a task is removed, or taken from somebody else: where the client can ask him, what an agent
/// says in <c>confirm</c> is not enough. Elsewhere it is.
/// </summary>
internal static class HumanConfirmation
{
    private const string Key = "confirm";

    /// <summary>The arguments as they are after that; the refusal where the person did not agree.</summary>
    /// <exception cref="InputRequiredException">He has to be asked first: the client calls again with the answer.</exception>
    public static (IReadOnlyDictionary<string, JsonElement> Arguments, Refusal? Refusal) Ask(
        RequestContext<CallToolRequestParams> context, BoardTool tool, IReadOnlyDictionary<string, JsonElement> arguments)
    {
        if (Question(tool, arguments) is not var (id, question) || !context.Server.IsMrtrSupported
            || context.Server.ClientCapabilities?.Elicitation is null)
            return (arguments, null);
        if (context.Params!.InputResponses is not { } responses || !responses.TryGetValue(Key, out var response))
        {
            throw new InputRequiredException(new Dictionary<string, InputRequest>(StringComparer.Ordinal)
            {
                [Key] = InputRequest.ForElicitation(new ElicitRequestParams
                {
                    Message = question,
                    RequestedSchema = new ElicitRequestParams.RequestSchema
                    {
                        Properties = { [Key] = new ElicitRequestParams.BooleanSchema { Title = "Yes, do it", Default = false } },
                        Required = [Key],
                    },
                }),
            });
        }
        var answer = response.Deserialize(InputResponse.ElicitResultJsonTypeInfo);
        if (answer is not { Action: "accept", Content: { } content } || !content.TryGetValue(Key, out var agreed)
            || agreed.ValueKind != JsonValueKind.True)
        {
            return (arguments, new Refusal(RefusalCode.NotPermitted,
                $"The person who was asked did not agree: task {id} stays as it is.", id));
        }
        return (new Dictionary<string, JsonElement>(arguments, StringComparer.Ordinal) { [Key] = arguments["task_id"] }, null);
    }

    // Null where nothing is asked; what is wrong with the call is told by the tool.
    private static (string Id, string Question)? Question(BoardTool tool, IReadOnlyDictionary<string, JsonElement> arguments)
    {
        if (Text(arguments, "task_id") is not { Length: > 0 } id)
            return null;
        var (shown, action) = (TerminalText.Line(id), Text(arguments, "action"));
        if (tool == TaskChangeTool.Table && action == "remove")
            return (id, $"Remove the task {shown} for good?");
        return tool == AssigneeTool.Table && action == "unassign" && Text(arguments, Key) is not null
            ? (id, $"Take the task {shown} from whoever has it? His claim ends, and his work may be lost.") : null;
    }

    private static string? Text(IReadOnlyDictionary<string, JsonElement> arguments, string name)
    {
        try
        {
            return arguments.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a character: no id.
            return null;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using TaskLocking.Todo2;

namespace TaskLocking.Tests.Storage;

/// <summary>All that a store tells: the tasks as JSON by id, the agents and the file leases.</summary>
internal sealed record FlipState(IReadOnlyDictionary<string, string> Tasks, string Records)
{
    public static FlipState Of(TaskBoard board) => new(
        board.GetTasks().ToDictionary(task => task.Id, task => Sorted(task.ToJson())),
        string.Join("\n", board.GetAgents().Select(RecordJson.Write).Concat(board.GetFileLeases().Select(RecordJson.Write))));

    // The order of what we keep depends on when patches were put into the bytes.
    private static string Sorted(string json)
    {
        var todo = JsonNode.Parse(json)!.AsObject();
        if (todo["taskLocking"] is JsonObject own)
            todo["taskLocking"] = new JsonObject(own.OrderBy(member => member.Key, StringComparer.Ordinal)
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        return todo.ToJsonString();
    }
}

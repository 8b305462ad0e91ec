using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using TaskLocking.Proof;

namespace TaskLocking.Tests.Server;

/// <summary>
/// An agent that takes tasks from claim to completion by the tools of a server, gives some back, reads what others do, fights for a few
/// that are assigned, and shows tokens of claims that ended long ago. What it asks and is told it writes down for the checker.
/// </summary>
/// <param name="name">Its name, and that of its log.</param>
/// <param name="call">Calls a tool with arguments; gives its answer.</param>
/// <param name="log">Of this agent alone.</param>
/// <param name="random">Decides what it does.</param>
/// <param name="swarm">The tasks that it claims; those that it assigns are <see cref="Fought"/>.</param>
internal sealed class RecordedAgent(string name, Func<string, object, Task<JsonNode>> call, OperationLog log, Random random, string swarm)
{
    private const int MostReleases = 4;

    private readonly List<(string Id, long Token)> _ended = [];
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private int _releases;

    /// <summary>Tasks that are in no queue.</summary>
    public static IReadOnlyList<string> Fought { get; } = ["F-1", "F-2", "F-3"];

    /// <summary>Until nothing is left to claim, however often it looks. Who gives a task back looks again after that.</summary>
    public async Task WorkAsync()
    {
        for (var left = 2; left > 0;)
        {
            await AsideAsync();
            if (await ClaimAsync() is not var (id, token))
            {
                left--;
                continue;
            }
            left = 2;
            if (random.Next(4) == 0 && _releases++ < MostReleases)
                await LaterAsync(OperationKind.GiveBack, "release", id, token);
            else
            {
                await LaterAsync(OperationKind.Start, "start", id, token);
                await AsideAsync();
                await LaterAsync(OperationKind.Complete, "complete", id, token);
            }
            _ended.Add((id, token));
        }
    }

    private async Task<(string Id, long Token)?> ClaimAsync()
    {
        var number = log.Begin(OperationKind.Claim, [], name);
        var answer = await call("claim", new { action = "next", agent = name, swarm });
        if (answer["tasks"]!.AsArray() is not [{ } task])
        {
            log.End(number, OperationAnswer.Unchanged);
            return null;
        }
        var (id, token) = ((string)task["id"]!, (long)task["claim"]!["token"]!);
        log.End(number, [new OperationFacts(id, OperationAnswer.Done) { Token = token }]);
        return (id, token);
    }

    private async Task LaterAsync(OperationKind kind, string action, string id, long token)
    {
        var number = log.Begin(kind, [id], name, token);
        log.End(number, [Facts(id, await call("claim", new { action, agent = name, task_id = id, token }))]);
    }

    private async Task AsideAsync()
    {
        var id = Fought[random.Next(Fought.Count)];
        switch (random.Next(5))
        {
            case 0 when _ended.Count > 0:
                var (ended, token) = _ended[random.Next(_ended.Count)];
                await LaterAsync(OperationKind.Complete, "complete", ended, token);
                break;
            case 1 when _own.Contains(id):
                await MoveAsync(OperationKind.Unassign, id, new { action = "unassign", task_id = id, assignee_name = name });
                _own.Remove(id);
                break;
            case 1 or 2 when !_own.Contains(id):
                if (await MoveAsync(OperationKind.Assign, id, new { action = "assign", task_id = id, assignee_name = name }))
                    _own.Add(id);
                break;
            case 3:
                var defined = log.Begin(OperationKind.Define, [id], null);
                log.End(defined, [Facts(id, await call("task_change",
                    new { action = "define", agent = name, tasks = new[] { new { id } } }))]);
                break;
            default:
                await ReadAsync(_ended.Count > 0 && random.Next(2) == 0 ? _ended[^1].Id : id);
                break;
        }
    }

    private async Task<bool> MoveAsync(OperationKind kind, string id, object arguments)
    {
        var number = log.Begin(kind, [id], name);
        var facts = Facts(id, await call("task_assignee", arguments));
        log.End(number, [facts]);
        return facts.Answer == OperationAnswer.Done;
    }

    private async Task ReadAsync(string id)
    {
        var number = log.Begin(OperationKind.Read, [id], null);
        var task = (await call("task_query", new { action = "get", task_id = id, detail = "full" }))["task"]!;
        var claim = task["taskLocking"]?["claim"];
        log.End(number, [new OperationFacts(id, OperationAnswer.Done)
        {
            Owner = (string?)claim?["agent"] ?? (string?)task["assignee"]?["name"],
            Status = Enum.Parse<AgentTaskStatus>(((string)task["status"]!).Replace(" ", "", StringComparison.Ordinal)),
            Token = (long?)claim?["token"] ?? 0,
        }]);
    }

    private static OperationFacts Facts(string id, JsonNode answer) => answer["refusal"] is not { } refusal
        ? new OperationFacts(id, OperationAnswer.Done)
        : new OperationFacts(id, OperationAnswer.Refused)
        {
            Refusal = Enum.Parse<RefusalCode>((string)refusal["code"]!),
            Owner = (string?)answer["existing_assignee"]?["name"],
        };
}

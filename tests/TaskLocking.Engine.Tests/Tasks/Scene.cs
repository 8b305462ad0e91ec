using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.Todo2;

namespace TaskLocking.Tests.Tasks;

/// <summary>The makings of a rule's test: tasks as a document has them, and a draft over them.</summary>
internal static class Scene
{
    public const string By = "tester@here";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static TaskDraft Draft(params AgentTask[] tasks) => Draft(new MemoryState(tasks));

    public static TaskDraft Draft(ITaskState state) => new(state, Now, By, state.Version + 1);

    public static AgentTask Task(string id, params string[] dependencies) =>
        new(new TaskFacts { Id = id, Name = id, Dependencies = dependencies, Version = 7 });

    /// <summary>The task with other facts.</summary>
    public static AgentTask Having(this AgentTask task, Func<TaskFacts, TaskFacts> change) => new(change(task.Facts), task.Source);

    public static AgentTask OwnedBy(this AgentTask task, string name, string type = "agent") =>
        task.Having(facts => facts with { Assignee = new Assignee(type, name) });

    public static AgentTask FromJson(string json, string id = "T-1") => new TodoEntry(id, Encoding.UTF8.GetBytes(json)).Task;

    /// <summary>The operations that the journal would get.</summary>
    public static byte[] Operations(this TaskDraft draft)
    {
        var operations = new ByteBuffer();
        ChangeSetCodec.Write(operations, draft.Changes);
        return operations.ToArray();
    }

    public static RefusalCode? Code(this TaskOutcome outcome) => outcome.Refusal?.Code;

    /// <summary>The task as it comes back from a document that has it.</summary>
    public static AgentTask Stored(AgentTask task)
    {
        var todo = new JsonObject
        {
            ["id"] = task.Id,
            ["name"] = task.Name,
            ["status"] = TodoWords.Status(task.StatusText) == task.Status ? task.StatusText : TodoWords.Of(task.Status),
            ["priority"] = TodoWords.Of(task.Priority),
            ["tags"] = List(task.Tags),
            ["dependencies"] = List(task.Dependencies),
            ["parentId"] = task.Parent,
            ["content"] = task.Content,
            ["assignee"] = task.Assignee is { } who ? new JsonObject { ["type"] = who.Type, ["name"] = who.Name } : null,
            ["completedAt"] = task.CompletedAt?.ToString("O"),
            ["taskLocking"] = new JsonObject
            {
                ["version"] = task.Version,
                ["agent"] = task.Agent,
                ["taskFile"] = task.TaskFile,
                ["swarm"] = task.Swarm,
                ["requires"] = List(task.Requires),
                ["maxAttempt"] = task.MaxAttempt,
                ["retryDelay"] = task.RetryDelay?.TotalSeconds,
                ["timeLimit"] = task.TimeLimit?.TotalSeconds,
                ["review"] = task.NeedsReview,
                ["files"] = List(task.Files),
                ["allow"] = List(task.AllowedAgents),
                ["attempt"] = task.Attempt,
                ["strikes"] = task.Strikes,
                ["notBefore"] = task.NotBefore?.ToString("O"),
                ["startedAt"] = task.StartedAt?.ToString("O"),
                ["failure"] = task.Failure is { } failure
                    ? new JsonObject { ["reason"] = failure.Reason, ["at"] = failure.At.ToString("O"), ["agent"] = failure.Agent } : null,
                ["blockedBy"] = task.BlockedBy is { } block ? new JsonObject { ["nearest"] = block.Nearest, ["root"] = block.Root } : null,
                ["claim"] = task.Claim is { } claim ? Claim(claim) : null,
            },
        };
        return new TodoEntry(task.Id, Encoding.UTF8.GetBytes(todo.ToJsonString())).Task;
    }

    private static JsonObject Claim(TaskClaim claim) => new()
    {
        ["token"] = claim.Token,
        ["agent"] = claim.Agent,
        ["host"] = claim.Host,
        ["pid"] = claim.Pid,
        ["processStart"] = claim.ProcessStart,
        ["claimed"] = claim.Claimed.ToString("O"),
        ["expires"] = claim.Expires.ToString("O"),
        ["ttl"] = claim.Ttl.TotalSeconds,
    };

    private static JsonArray List(IReadOnlyList<string> values) => [.. values.Select(value => (JsonNode)value)];
}

using System;
using TaskLocking.Diagnostics;
using TaskLocking.Storage;
using TaskLocking.Tasks;

namespace TaskLocking.Tests.Tasks;

/// <summary>The makings of a rule's test: tasks as a document has them, and a draft over them.</summary>
internal static class Scene
{
    public const string By = "tester@here";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static TaskDraft Draft(params AgentTask[] tasks) => Draft(new MemoryState(tasks));

    public static TaskDraft Draft(ITaskState state) => new(state, Now, By);

    public static AgentTask Task(string id, params string[] dependencies) => new() { Id = id, Name = id, Dependencies = dependencies, Version = 7 };

    public static AgentTask OwnedBy(this AgentTask task, string name, string type = "agent") => task with { Assignee = new Assignee(type, name) };

    public static AgentTask FromJson(string json) => new() { Id = "T-1", Entry = new TodoEntry(json) };

    public static RefusalCode? Code(this TaskOutcome outcome) => outcome.Refusal?.Code;
}

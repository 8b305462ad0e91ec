using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// Defines tasks one after the other. Refused, each for itself: InvalidArgument; TaskAlreadyDefined, also when an earlier item of the
/// request defined it; InvalidArgument for an id that looks like another; DependencyCycle; what <see cref="ParentCheck"/> says of a parent,
/// which may stand behind its children. A task that waits for a failed one is Blocked from the start.
/// </summary>
internal sealed class DefineRule(IReadOnlyList<TaskDefinition> definitions) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft)
    {
        var cycles = new DependencyCycles(draft);
        if (draft.Archive.Count > 0)
            draft.LookUp([.. definitions.SelectMany(definition => definition.Dependencies.Prepend(definition.Id))]);
        var outcomes = new TaskOutcome[definitions.Count];
        if (ParentsFirst.Of(definitions) is { } order)
        {
            foreach (var at in order)
                outcomes[at] = Decide(definitions[at], draft, cycles);
        }
        else
        {
            for (var i = 0; i < outcomes.Length; i++)
                outcomes[i] = Decide(definitions[i], draft, cycles);
        }
        // Now that all are there: one may wait for another behind it.
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i].Refusal is null && MissingDependencies.Of(draft, definitions[i].Dependencies) is { Count: > 0 } missing)
                outcomes[i] = new TaskOutcome(outcomes[i].Id, outcomes[i].Task, null, Changed: true) { MissingDependencies = missing };
        }
        return new List<TaskOutcome>(outcomes);
    }

    private static TaskOutcome Decide(TaskDefinition definition, TaskDraft draft, DependencyCycles cycles) =>
        Refuse(definition, draft, cycles) is { } refusal ? new TaskOutcome(refusal.TaskId ?? "", null, refusal, Changed: false)
            : new TaskOutcome(definition.Id, Create(definition, draft), null, Changed: true);

    private static AgentTask Create(TaskDefinition definition, TaskDraft draft)
    {
        var task = draft.Create(Clean(definition, draft.Now));
        draft.Names.TakeId(task.Id);
        FailureTravel.Settle(draft, null, task);
        return draft.Find(task.Id)!;
    }

    private static Refusal? Refuse(TaskDefinition definition, TaskDraft draft, DependencyCycles cycles)
    {
        if (Fault(definition, draft) is { } fault)
            return TaskRefusals.Invalid(definition.Id, fault);
        if (draft.Find(definition.Id) is { } existing)
            return TaskRefusals.AlreadyDefined(existing);
        if (draft.FindArchived(definition.Id) is { } archived)
            return TaskRefusals.AlreadyDefined(archived.Task);
        if (draft.Names.RefuseId(definition.Id) is { } alike)
            return alike;
        if (!string.IsNullOrEmpty(definition.Parent))
            return ParentCheck.Refuse(draft, definition.Id, isOpen: true, definition.Parent!, definition.Dependencies);
        if (definition.Dependencies.Count == 0)
            return null;
        return TaskRefusals.Cycle(definition.Id, (draft.FamilyGraph is null ? draft.BuiltGraph : draft.Graph) is { } graph
            ? graph.FindCycle(definition.Id, definition.Dependencies)
            : cycles.FindForNew(definition.Id, definition.Dependencies));
    }

    private static string? Fault(TaskDefinition definition, TaskDraft draft) =>
        TaskFields.Id(definition.Id)
        ?? TaskFields.Name(definition.Name)
        ?? (string.IsNullOrEmpty(definition.Agent) ? null : draft.Names.Agent(definition.Agent))
        ?? TaskFields.TaskFile(definition.TaskFile)
        ?? TaskFields.Content(definition.Content)
        ?? TaskFields.Priority(definition.Priority)
        ?? TaskFields.Dependencies(definition.Dependencies, draft)
        ?? draft.Names.Swarm(definition.Swarm)
        ?? draft.Names.Tags(definition.Tags)
        ?? TaskFields.Requires(definition.Requires)
        ?? draft.Names.Agents(definition.AllowedAgents)
        ?? TaskFields.Files(definition.Files)
        ?? definition.FilesFault
        ?? TaskFields.MaxAttempt(definition.MaxAttempt)
        ?? TaskFields.RetryDelay(definition.RetryDelay)
        ?? TaskFields.TimeLimit(definition.TimeLimit);

    // Most are: of many thousand a copy of each would be kept.
    private static TaskDefinition Clean(TaskDefinition definition, DateTimeOffset now) =>
        IsClean(definition, now) ? definition : Cleaned(definition, now);

    private static TaskDefinition Cleaned(TaskDefinition definition, DateTimeOffset now) => definition with
    {
        Agent = NullIfEmpty(definition.Agent),
        TaskFile = NullIfEmpty(definition.TaskFile),
        Content = NullIfEmpty(definition.Content),
        Swarm = NullIfEmpty(definition.Swarm),
        Parent = NullIfEmpty(definition.Parent),
        Dependencies = TaskFields.Once(definition.Dependencies),
        Tags = TaskFields.Once(definition.Tags),
        Requires = TaskFields.Once(definition.Requires),
        AllowedAgents = TaskFields.Once(definition.AllowedAgents),
        Files = TaskFields.Once(definition.Files),
        NotBefore = definition.NotBefore > now ? definition.NotBefore : null,
    };

    private static bool IsClean(TaskDefinition definition, DateTimeOffset now) =>
        definition is not ({ Agent: "" } or { TaskFile: "" } or { Content: "" } or { Swarm: "" } or { Parent: "" })
        && definition is { Dependencies.Count: < 2, Tags.Count: < 2, Requires.Count: < 2, AllowedAgents.Count: < 2, Files.Count: < 2 }
        && (definition.NotBefore is null || definition.NotBefore > now);

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}

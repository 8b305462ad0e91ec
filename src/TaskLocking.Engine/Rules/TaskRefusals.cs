using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>The sentences of the verbs' refusals, each in one place; the first words are those that users of the origins know.</summary>
internal static class TaskRefusals
{
    private const int ShownIds = 5;

    public static Refusal Invalid(string? id, string fault) => new(RefusalCode.InvalidArgument, fault) { TaskId = id };

    public static Refusal NotFound(string id) => new(RefusalCode.TaskNotFound, $"Task {id} not found") { TaskId = id };

    /// <summary>Where the task of this id is, if it is not in the document: in the archive, or nowhere.</summary>
    public static Refusal NotFound(string id, TaskDraft draft) =>
        draft.FindArchived(id) is { } archived ? Archived(archived.Task) : NotFound(id);

    public static Refusal Archived(AgentTask task) => new(RefusalCode.TaskNotFound,
        $"Task {task.Id} not found: it is in the archive, with status {task.StatusText}. To bring it back: tasklock task restore, or "
            + "Expand-AgentTask")
    { TaskId = task.Id };

    public static Refusal AlreadyDefined(AgentTask task) =>
        new(RefusalCode.TaskAlreadyDefined,
            $"Task {task.Id} already defined with status {task.StatusText}{(task.IsArchived ? ", in the archive" : "")}")
        {
            TaskId = task.Id,
            ExistingAssignee = task.Assignee,
        };

    /// <summary>Not as if it were defined already: whoever takes that for success would go on with another task.</summary>
    public static Refusal LooksLike(string id, string existing) =>
        new(RefusalCode.InvalidArgument, NewNames.TooLike("The task id", id, existing))
        {
            TaskId = id,
            Ids = [existing],
        };

    public static Refusal AlreadyAssigned(AgentTask task) =>
        new(RefusalCode.TaskAlreadyAssigned, $"Task already assigned to {task.Assignee}")
        {
            TaskId = task.Id,
            ExistingAssignee = task.Assignee,
        };

    public static Refusal NotOwner(AgentTask task, string? from) =>
        new(RefusalCode.NotOwner, $"Task {task.Id} is assigned to {task.Assignee}, not to {from}")
        {
            TaskId = task.Id,
            ExistingAssignee = task.Assignee,
        };

    /// <summary>Null when no version is expected or the expected one is there.</summary>
    public static Refusal? VersionChanged(AgentTask task, long? expected) =>
        expected is null || expected == task.Version
            ? null
            : new(RefusalCode.VersionChanged, $"Task {task.Id} was changed: version {expected} expected, version {task.Version} found")
            {
                TaskId = task.Id,
                ExpectedVersion = expected,
                FoundVersion = task.Version,
            };

    public static Refusal HasDependents(string id, IReadOnlyList<string> dependents) =>
        new(RefusalCode.TaskHasDependents, $"Task {id} is needed by {Listed(dependents)}. Remove them too, or force it")
        {
            TaskId = id,
            Ids = dependents,
        };

    public static Refusal HasChildren(string id, IReadOnlyList<string> children) =>
        new(RefusalCode.TaskHasDependents, $"Task {id} is the parent of {Listed(children)}. Remove them too, or force it: they lose their "
            + "parent then")
        {
            TaskId = id,
            Ids = children,
        };

    /// <summary>The parent that is named is no task.</summary>
    public static Refusal NoParent(string id, string parent, TaskDraft draft)
    {
        var missing = NotFound(parent, draft);
        return missing.Saying($"{missing.Message}. It was to be the parent of {id}") with { TaskId = id, Ids = [parent] };
    }

    /// <summary>Nobody would look at an open child of a task that is done with.</summary>
    public static Refusal ClosedParent(string id, AgentTask parent) =>
        new(RefusalCode.StatusConflict, $"Task {id} is not put below {parent.Id}, which is {parent.StatusText}. Reopen it first: tasklock "
            + $"retry {parent.Id} --force, or Restart-AgentTask {parent.Id} -Force")
        {
            TaskId = id,
            Ids = [parent.Id],
        };

    /// <summary>A circle over a new parent: each waits for the next, a parent for its child.</summary>
    public static Refusal FamilyCycle(string id, string parent, IReadOnlyList<string> circle) =>
        new(RefusalCode.DependencyCycle, circle.Count == 1 ? $"Task {id} cannot be its own parent"
            : $"Task {id} cannot be a child of {parent}, which would wait for itself, as a parent waits for its children: "
                + $"{Listed(circle, " -> ")} -> {id}")
        {
            TaskId = id,
            Ids = circle,
        };

    public static Refusal TooDeep(string id, string parent) =>
        new(RefusalCode.InvalidArgument, $"Task {id} cannot be a child of {parent}: there would be more than {TaskLife.MostLevels} "
            + "levels of parents and children")
        {
            TaskId = id,
            Ids = [parent],
        };

    /// <summary>Null when there is no circle.</summary>
    public static Refusal? Cycle(string id, IReadOnlyList<string> circle) =>
        circle.Count == 0
            ? null
            : new(RefusalCode.DependencyCycle, $"Task {id} would wait for itself: {Listed(circle, " -> ")} -> {id}")
            {
                TaskId = id,
                Ids = circle,
            };

    public static Refusal CycleOfBoth(string id, IReadOnlyList<string> circle) =>
        new(RefusalCode.DependencyCycle, $"Tasks of both boards would wait for one another: {Listed(circle, " -> ")} -> {id}. Take a " +
            "dependency away in one of them (tasklock graph remove, Remove-TaskDependency), and merge again")
        {
            TaskId = id,
            Ids = circle,
        };

    public static Refusal OfBatch(string id, IReadOnlyList<string> refused) =>
        new(RefusalCode.BatchRefused, $"Task {id} left as it was: the batch is all or nothing, and {Listed(refused)} cannot be done")
        {
            TaskId = id,
            Ids = refused,
        };

    // The facts have every id; a sentence is for reading.
    public static string Listed(IReadOnlyList<string> ids, string separator = ", ") =>
        string.Join(separator, ids.Take(ShownIds)) + (ids.Count > ShownIds ? $"{separator}{ids.Count - ShownIds} more" : "");
}

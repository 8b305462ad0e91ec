using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Takes over the tasks of a file: all of them or, where anything is wrong, none. A new one comes whole, with its history and what nobody
/// here knows. Of one that is there it is compared what the file tells; what differs is changed where that was asked for, and refused
/// otherwise. Everything that is wrong is found before anything is recorded, and told at once.
/// </summary>
/// <param name="tasks">The tasks, in the order of the file.</param>
/// <param name="request">What was asked for.</param>
/// <param name="liveness">Judges processes; null: time alone does.</param>
internal sealed class ImportRule(IReadOnlyList<PlannedTask> tasks, ImportRequest request, ILiveness? liveness = null)
    : ITaskRule<ImportReport>
{
    private readonly List<string> _remarks = [];
    private PlannedFamilies? _families;

    /// <summary>What is wrong; empty where the import is done.</summary>
    public List<Refusal> Refusals { get; } = [];

    /// <exception cref="TaskLockingException">The first of <see cref="Refusals"/>.</exception>
    public ImportReport Decide(TaskDraft draft)
    {
        Refusals.Clear();
        _remarks.Clear();
        var (added, edits, unchanged) = (new List<PlannedTask>(), new List<TaskEdit>(), new List<string>());
        var once = Once(draft);
        if (draft.Archive.Count > 0)
            draft.LookUp([.. once.SelectMany(task => task.Task.Dependencies.Prepend(task.Task.Id))]);
        foreach (var task in once)
        {
            if ((draft.Find(task.Task.Id) ?? draft.FindArchived(task.Task.Id)?.Task) is not { } ours)
                Judge(task, draft, added);
            else if (PlannedEdit.Of(task, ours) is not { } edit)
                unchanged.Add(ours.Id);
            else if (request.Update)
                edits.Add(edit);
            else
                Refusals.Add(Differs(task, ours));
        }
        LookAtParents(draft, added, edits);
        LookAtDependencies(draft, added, edits);
        if (Refusals.Count == 0)
            Record(draft, added, edits);
        return Refusals.Count > 0 ? throw new TaskLockingException(Refusals[0])
            : new ImportReport([.. added.Select(task => task.Task.Id)], [.. edits.Select(edit => edit.Id)], unchanged, _remarks, []);
    }

    // The same twice is once.
    private List<PlannedTask> Once(TaskDraft draft)
    {
        var first = new Dictionary<string, PlannedTask>(StringComparer.Ordinal);
        var once = new List<PlannedTask>(tasks.Count);
        foreach (var task in tasks)
        {
            if (first.TryGetValue(task.Task.Id, out var other))
            {
                if (task.Task.Source!.SaysTheSameAs(other.Task.Source!))
                    _remarks.Add($"{task.Place}: task {task.Task.Id} is the same as in {other.Place}");
                else
                    Refuse(task, RefusalCode.InvalidArgument,
                        $"the id {task.Task.Id} is also that of {other.Place}, with other content. Keep one of them");
                continue;
            }
            first.Add(task.Task.Id, task);
            once.Add(task);
        }
        return once;
    }

    private void Judge(PlannedTask planned, TaskDraft draft, List<PlannedTask> added)
    {
        var task = planned.Task;
        var fault = TaskFields.Id(task.Id) ?? TaskFields.Name(task.Name) ?? TaskFields.Content(task.Content)
            ?? TaskFields.Swarm(task.Swarm) ?? TaskFields.Requires(task.Requires) ?? TaskFields.Files(task.Files);
        if (fault is not null)
        {
            Refuse(planned, RefusalCode.InvalidArgument, fault);
            return;
        }
        if (draft.Names.RefuseId(task.Id) is { } alike)
        {
            Refuse(planned, alike.Code, alike.Message);
            return;
        }
        draft.Names.TakeId(task.Id);
        added.Add(planned);
        if (task.Status == AgentTaskStatus.Unknown)
            _remarks.Add($"{planned.Place}: task {task.Id} has the status '{task.StatusText}', which nobody knows: it is neither ready nor "
                + "done");
        if (task.NotUnderstood.Count > 0)
            _remarks.Add($"{planned.Place}: of task {task.Id} is not understood, and keeps it from being taken: "
                + string.Join("; ", task.NotUnderstood));
        if (task.Claim is not null)
            _remarks.Add($"{planned.Place}: the claim of {task.Claim.Agent} on task {task.Id} counts on its own board alone");
    }

    private void LookAtDependencies(TaskDraft draft, List<PlannedTask> added, List<TaskEdit> edits)
    {
        var planned = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var task in added)
            planned[task.Task.Id] = task.Task.Dependencies;
        foreach (var edit in edits)
        {
            if (edit.Dependencies is not null)
                planned[edit.Id] = edit.Dependencies;
        }
        var places = tasks.GroupBy(task => task.Task.Id, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(),
            StringComparer.Ordinal);
        foreach (var (id, dependencies) in planned.Select(task => (task.Key, task.Value)))
        {
            var missing = dependencies.Where(other => !planned.ContainsKey(other) && draft.Find(other) is null
                && draft.FindArchived(other) is null).ToList();
            if (missing.Count == 0)
                continue;
            if (request.AllowMissing)
                _remarks.Add($"{places[id].Place}: task {id} will wait, for nobody has what it depends on: {TaskRefusals.Listed(missing)}");
            else
                Refuse(places[id], RefusalCode.TaskNotFound,
                    $"task {id} depends on {TaskRefusals.Listed(missing)}, which neither the file nor the board has", missing);
        }
        foreach (var edit in edits.Where(edit => edit.Parent is not null && !planned.ContainsKey(edit.Id)))
            planned.Add(edit.Id, draft.Find(edit.Id)?.Dependencies ?? []);
        if (new PlannedCircle(planned, draft, _families is { } families ? families.ChildrenOf : null).Find() is { Count: > 0 } circle)
            Refusals.Add(TaskRefusals.Cycle(circle[0], circle)!);
        else if (_families is not null)
            Refusals.AddRange(_families.RefuseDepth().Select(deep => deep.Saying($"{places[deep.TaskId!].Place}: {deep.Message}")));
    }

    // A parent that nobody has is none; a todo says so, and nothing waits for it.
    private void LookAtParents(TaskDraft draft, List<PlannedTask> added, List<TaskEdit> edits)
    {
        _families = null;
        if (!added.Exists(task => task.Task.Parent is not null) && !edits.Exists(edit => edit.Parent is not null)
            && draft.FamilyGraph is null)
            return;
        var families = _families = new PlannedFamilies(draft, added, edits);
        foreach (var planned in added.Where(task => task.Task.Parent is not null))
        {
            var task = planned.Task;
            if (families.IsTask(task.Parent!))
                Refuse(families.RefuseClosed(task.Id, task.Parent!, !task.IsClosed), planned);
            else
                _remarks.Add($"{planned.Place}: task {task.Id} is nobody's child, for nobody has its parent {task.Parent}");
        }
        var places = edits.Exists(edit => edit.Parent is { Length: > 0 })
            ? tasks.ToLookup(task => task.Task.Id, StringComparer.Ordinal) : null;
        for (var i = 0; i < edits.Count; i++)
        {
            if (edits[i].Parent is not { Length: > 0 } parent)
                continue;
            if (families.IsTask(parent))
                continue; // The edit itself is refused where its parent is closed.
            var planned = places![edits[i].Id].First();
            _remarks.Add($"{planned.Place}: task {edits[i].Id} keeps its place, for nobody has its parent {parent}");
            edits[i] = edits[i] with { Parent = null };
        }
    }

    private void Refuse(Refusal? refusal, PlannedTask planned)
    {
        if (refusal is not null)
            Refuse(planned, refusal.Code, refusal.Message, refusal.Ids);
    }

    private void Record(TaskDraft draft, List<PlannedTask> added, List<TaskEdit> edits)
    {
        foreach (var planned in added)
        {
            var task = draft.TakeOver(planned.Task);
            if (task.Claim is null)
                continue;
            var change = draft.Change(task).EndClaim(task).Unassign(task);
            if (TaskLife.To(TaskMove.Return, task.Status) is { } status)
                change.SetStatus(status);
            change.Apply();
        }
        // A task is done when its children are.
        var edited = _families is null ? edits : [.. edits.OrderByDescending(edit => _families.LevelOf(edit.Id))];
        Refusals.AddRange(new EditRule(edited, liveness).Decide(draft).Select(outcome => outcome.Refusal).OfType<Refusal>());
        FailureTravel.Settle(draft, added.Select(task => task.Task.Id));
    }

    private static Refusal Differs(PlannedTask planned, AgentTask ours) => new(RefusalCode.TaskAlreadyDefined,
        $"{planned.Place}: Task {ours.Id} already defined with status {ours.StatusText}, and differs. Update it (--update, -Update), or "
            + "take it out of the file")
    {
        TaskId = ours.Id,
        ExistingAssignee = ours.Assignee,
    };

    private void Refuse(PlannedTask planned, RefusalCode code, string why, IReadOnlyList<string>? ids = null) =>
        Refusals.Add(new Refusal(code, $"{planned.Place}: {why}") { TaskId = planned.Task.Id, Ids = FixedList<string>.Of(ids) });
}

using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// Removes tasks. Refused, each for itself: InvalidArgument, TaskNotFound, VersionChanged, and TaskHasDependents for what a task that
/// stays depends on, NotOwner and LeaseLost for what somebody works on, unless forced. Tasks and their dependents go together in any order.
/// An id that is named twice counts as the first. The same of a parent and its children; forced, those that stay lose their parent.
/// A claim goes with its task; what a failed task blocked is blocked no more.
/// </summary>
internal sealed class RemoveRule(IReadOnlyList<TaskRemoval> removals, ILiveness? liveness = null) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft)
    {
        var outcomes = new Dictionary<string, TaskOutcome>(StringComparer.Ordinal);
        var going = new Dictionary<string, TaskRemoval>(StringComparer.Ordinal);
        foreach (var removal in removals)
        {
            var id = removal.Id ?? "";
            if (!outcomes.ContainsKey(id))
                outcomes.Add(id, Judge(id, removal, draft));
            if (outcomes[id].Refusal is null && !going.ContainsKey(id))
                going.Add(id, removal);
        }
        // One that stays for its children may need what goes, and one that stays since it is needed may be a child.
        for (var count = going.Count + 1; going.Count < count;)
        {
            count = going.Count;
            foreach (var (id, dependents) in Needed(draft, going))
                outcomes[id] = new TaskOutcome(id, null, TaskRefusals.HasDependents(id, dependents), Changed: false);
            foreach (var (id, children) in WithChildren(draft, going))
                outcomes[id] = new TaskOutcome(id, null, TaskRefusals.HasChildren(id, children), Changed: false);
            if (draft.FamilyGraph is null)
                break;
        }
        Release(draft, going);
        foreach (var id in going.Keys)
        {
            ClaimEnd.FreeFiles(draft, outcomes[id].Previous!);
            draft.Remove(outcomes[id].Previous!);
        }
        // A failure that is gone holds nobody back any more.
        var causes = going.Keys.Where(id => outcomes[id].Previous?.IsCause == true).ToList();
        if (causes.Count > 0)
            FailureTravel.Settle(draft, causes);
        return removals.Select(removal => outcomes[removal.Id ?? ""]).ToList();
    }

    private TaskOutcome Judge(string id, TaskRemoval removal, TaskDraft draft)
    {
        var fault = TaskFields.NamedId(id);
        var task = fault is null ? draft.Find(id) : null;
        var refusal = fault is not null ? TaskRefusals.Invalid(id, fault)
            : task is null ? TaskRefusals.NotFound(id, draft)
            : TaskRefusals.VersionChanged(task, removal.IfVersion)
                ?? (removal.Force ? null : ClaimCheck.RefuseTaking(task, removal.Proof, draft.Now, liveness));
        return refusal is null
            ? new TaskOutcome(id, task, null, Changed: true) { Previous = task }
            : new TaskOutcome(id, null, refusal, Changed: false);
    }

    /// <summary>Takes out of <paramref name="going"/> what a task that stays depends on, and gives it with those tasks.</summary>
    private static List<(string Id, List<string> Dependents)> Needed(TaskDraft draft, Dictionary<string, TaskRemoval> going)
    {
        // Where nobody has asked for the graph yet, all tasks are looked through; a removal that does not ask stays cheap.
        if (going.Values.All(removal => removal.Force))
            return [];
        var needed = new List<string>();
        var dependents = Dependents(draft, going);
        var open = new Queue<string>(going.Keys);
        while (open.Count > 0)
        {
            var id = open.Dequeue();
            if (!going.TryGetValue(id, out var removal) || removal.Force || !dependents.TryGetValue(id, out var all))
                continue;
            if (all.TrueForAll(going.ContainsKey))
                continue;
            going.Remove(id);
            needed.Add(id);
            // It stays after all, so what it depends on has one more dependent that stays.
            foreach (var dependency in draft.Find(id)!.Dependencies)
                open.Enqueue(dependency);
        }
        return needed.ConvertAll(id => (id, dependents[id].FindAll(dependent => !going.ContainsKey(dependent))));
    }

    // Those that are not forced and have children that stay; they stay, too.
    private static List<(string Id, IReadOnlyList<string> Children)> WithChildren(TaskDraft draft, Dictionary<string, TaskRemoval> going)
    {
        var found = new List<(string, IReadOnlyList<string>)>();
        foreach (var id in going.Where(each => !each.Value.Force).Select(each => each.Key).ToList())
        {
            var staying = draft.ChildrenOf(id).Where(child => !going.ContainsKey(child)).ToList();
            if (staying.Count == 0)
                continue;
            found.Add((id, staying));
            going.Remove(id);
        }
        return found;
    }

    // A todo that has another of its id behind it leaves its place to that.
    private static void Release(TaskDraft draft, Dictionary<string, TaskRemoval> going)
    {
        foreach (var id in going.Keys)
        {
            if (draft.Find(id)?.Source is { Twins: > 0 })
                continue;
            foreach (var child in draft.ChildrenOf(id))
            {
                if (!going.ContainsKey(child) && draft.Find(child) is { } task)
                    draft.Change(task).SetParent(null).Apply();
            }
        }
    }

    private static Dictionary<string, List<string>> Dependents(TaskDraft draft, Dictionary<string, TaskRemoval> going)
    {
        var dependents = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        if (draft.AskedGraphIfBuilt is { } graph)
        {
            foreach (var id in going.Keys)
                dependents.Add(id, graph.DependentsOf(id).Where(other => !string.Equals(other, id, StringComparison.Ordinal)).ToList());
            if (going.Keys.Any(graph.HasDependents))
                draft.RestOnAll();
            else
                draft.RestOn(new NobodyWaits(going.Keys.ToList()));
            return dependents;
        }
        foreach (var task in draft.Tasks)
        {
            foreach (var dependency in task.Dependencies)
            {
                if (!going.ContainsKey(dependency) || string.Equals(dependency, task.Id, StringComparison.Ordinal))
                    continue;
                if (!dependents.TryGetValue(dependency, out var list))
                    dependents.Add(dependency, list = []);
                list.Add(task.Id);
            }
        }
        return dependents;
    }
}

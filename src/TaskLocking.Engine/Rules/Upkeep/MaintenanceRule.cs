using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// Sets right what nobody will: claims and file leases that have lapsed, tasks that run too long, retries that are due, and blocks that a
/// foreign change left wrong. What somebody holds is left for another time. <see cref="Heal"/> is the part that a request runs before it
/// chooses.
/// </summary>
internal sealed class MaintenanceRule(ILiveness liveness, ITaskHolds? holds = null) : ITaskRule<IReadOnlyList<MaintenanceItem>>
{
    private readonly KnownLiveness _liveness = new(liveness);

    public IReadOnlyList<MaintenanceItem> Decide(TaskDraft draft) => Run(draft, _liveness, holds);

    /// <summary>All of it; tells what was done, in order.</summary>
    public static IReadOnlyList<MaintenanceItem> Run(TaskDraft draft, ILiveness liveness, ITaskHolds? holds)
    {
        var items = Heal(draft, liveness, holds);
        var due = draft.Graph.Open.Where(task => task is { Claim: null, Failure: not null } && task.Execution.NotBefore <= draft.Now);
        foreach (var task in due.Where(task => holds?.Obstacle(task.Id) is null).ToList())
        {
            draft.Change(task).SetNotBefore(task, null).Apply();
            items.Add(new MaintenanceItem(MaintenanceKind.RetryDue, task.Id, task.Failure!.Agent,
                $"Task {task.Id} may be tried again: {task.Failure.Reason}"));
        }
        GiveBackLost(draft, holds, items);
        Settle(draft, items);
        Rise(draft, holds, items);
        return items;
    }

    // Parents whose last child another tool has closed: it knows nothing of them. One that was opened again since stays so.
    private static void Rise(TaskDraft draft, ITaskHolds? holds, List<MaintenanceItem> items)
    {
        if (draft.FamilyGraph is not { } graph)
            return;
        var parents = graph.Parents.Where(id => graph.OpenChildCountOf(id) == 0 && graph.DoneChildCountOf(id) > 0).ToList();
        foreach (var id in parents)
        {
            if (draft.Find(id) is not { } parent || !FamilyRise.CanRise(draft, parent) || IsOpenedSince(draft, graph, parent)
                || holds?.Obstacle(id) is not null)
                continue;
            var done = FamilyRise.Rise(draft, graph, parent, null);
            items.Add(new MaintenanceItem(MaintenanceKind.Settled, id, null,
                $"Task {id} is {done.StatusText}: all its children are closed"));
        }
        FamilyRise.Settle(draft);
    }

    private static bool IsOpenedSince(TaskDraft draft, TaskGraph graph, AgentTask parent)
    {
        var opened = parent.ReadHistory()
            .LastOrDefault(entry => entry is { Field: "status", OldValue: not null, NewValue: not null })?.Timestamp;
        return opened is not null && graph.ChildrenOf(parent.Id).Select(draft.Find).OfType<AgentTask>()
            .All(child => !((child.CompletedAt ?? child.LastModified) > opened));
    }

    /// <summary>Claims, time limits and file leases; what came to Failed so is settled.</summary>
    public static List<MaintenanceItem> Heal(TaskDraft draft, ILiveness liveness, ITaskHolds? holds)
    {
        var items = new List<MaintenanceItem>();
        var due = draft.AskedGraph.Ready.Due(draft.Now, liveness);
        if (due.Count == 0)
            draft.RestOn(new NothingDue(draft.Now, liveness));
        else
            draft.RestOnAll();
        foreach (var id in due.Select(node => node.Id).ToList())
        {
            // An earlier one's failure may have taken its claim away by now.
            var task = draft.Find(id)!;
            if ((task.Claim is null && task.Status != AgentTaskStatus.InProgress) || !IsDue(draft, task, liveness))
                continue;
            if (holds?.Obstacle(id) is { } obstacle)
            {
                items.Add(new MaintenanceItem(MaintenanceKind.PutOff, id, task.Owner,
                    $"Task {id} is left for another time: {obstacle}"));
                continue;
            }
            if (Judge(draft, task, liveness) is not { } healed)
                continue;
            items.Add(healed.Item);
            ClaimEnd.Settle(draft, task, healed.Task);
        }
        foreach (var lease in draft.FileLeases.ToList())
        {
            if (LeaseTerm.End(lease, draft.Now, liveness) is not { } end)
                continue;
            draft.Remove(lease);
            var why = end == LeaseEnd.ProcessEnded ? "its process is gone" : "its time has passed";
            items.Add(new MaintenanceItem(MaintenanceKind.FileLeaseEnded, lease.Path, lease.Agent,
                $"The lease of {lease.Agent} on {lease.Path} ended: {why}"));
        }
        foreach (var item in items.Where(item =>
            item.Kind is MaintenanceKind.ClaimExpired or MaintenanceKind.HolderDied or MaintenanceKind.FileLeaseEnded))
            draft.TellEnded(item);
        return items;
    }

    private static bool IsDue(TaskDraft draft, AgentTask task, ILiveness liveness) =>
        TaskLife.To(TaskMove.Return, task.Status) is null || IsOverdue(draft, task)
            || (task.Claim is { } claim ? LeaseTerm.End(claim, draft.Now, liveness) is not null : LostClaim.OfBegun(task) is not null);

    private static bool IsOverdue(TaskDraft draft, AgentTask task) => draft.Now.UtcTicks > TimeOrder.DeadlineOf(task);

    private static Healed? Judge(TaskDraft draft, AgentTask task, ILiveness liveness)
    {
        var end = task.Claim is { } claim ? LeaseTerm.End(claim, draft.Now, liveness) : null;
        var agent = task.Owner;
        if (TaskLife.To(TaskMove.Return, task.Status) is null)
        {
            // Somebody else's tool ended the task and knew nothing of the claim.
            ClaimEnd.FreeFiles(draft, task);
            return new Healed(draft.Change(task).EndClaim(task).Apply(), new MaintenanceItem(
                MaintenanceKind.Settled, task.Id, agent, $"The claim of {agent} on task {task.Id} ended: it is {task.StatusText}"));
        }
        if (end != LeaseEnd.ProcessEnded && IsOverdue(draft, task))
        {
            var reason = "timed out after " + task.TimeLimit!.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
            var failed = ClaimEnd.Fail(draft, task, reason, agent, isFinal: false);
            return new Healed(failed,
                new MaintenanceItem(MaintenanceKind.TimedOut, task.Id, agent, $"Task {task.Id} {reason} and is {failed.StatusText}"));
        }
        var lost = end is null ? LostClaim.OfBegun(task) : null;
        if (end is null && lost is null)
            return null;
        var struck = ClaimEnd.Strike(draft, task);
        var (kind, why) = lost is not null ? (MaintenanceKind.ClaimLost, $"The claim of {lost} did not come along")
            : end == LeaseEnd.ProcessEnded ? (MaintenanceKind.HolderDied, $"The process of {agent} is gone")
            : (MaintenanceKind.ClaimExpired, $"The claim of {agent} has expired");
        return new Healed(struck,
            new MaintenanceItem(kind, task.Id, agent, $"{why}: task {task.Id} is {struck.StatusText} (strike {struck.Strikes})"));
    }

    // Takes assignments back that came with a claim which is gone.
    private static void GiveBackLost(TaskDraft draft, ITaskHolds? holds, List<MaintenanceItem> items)
    {
        foreach (var task in draft.Tasks.Where(task => LostClaim.OfAssigned(task) is not null).ToList())
        {
            if (holds?.Obstacle(task.Id) is not null)
                continue;
            var agent = task.Assignee!.Name;
            draft.Change(task).SetClaim(task, null).Unassign(task).Apply();
            items.Add(new MaintenanceItem(MaintenanceKind.ClaimLost, task.Id, agent,
                $"Task {task.Id} came without the claim of {agent}: it is nobody's"));
        }
    }

    private static void Settle(TaskDraft draft, List<MaintenanceItem> items)
    {
        var before = draft.Tasks.ToList();
        FailureTravel.Settle(draft, before.Select(task => task.Id));
        foreach (var task in before)
        {
            var after = draft.Find(task.Id)!;
            if (ReferenceEquals(after, task) || after.BlockedBy == task.BlockedBy)
                continue;
            items.Add(new MaintenanceItem(MaintenanceKind.Settled, task.Id, null, after.BlockedBy is { } block
                ? $"Task {task.Id} is blocked: {block.Root} failed"
                : $"Task {task.Id} is no longer blocked"));
        }
    }

    private sealed record Healed(AgentTask Task, MaintenanceItem Item);
}

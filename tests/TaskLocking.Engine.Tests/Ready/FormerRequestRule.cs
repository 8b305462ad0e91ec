using System;
using System.Globalization;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Rules;

namespace TaskLocking.Tests.Ready;

/// <summary>
/// A request as it was decided before there was an index: upkeep over every active task, then every open task in order until one fits. The
/// oracle of what must not change; it claims one task and starts none.
/// </summary>
internal sealed class FormerRequestRule(TaskRequest request, ILiveness liveness, StringComparison comparison, ITaskHolds? holds = null)
    : ITaskRule<TaskRequestAnswer>
{
    private readonly KnownLiveness _liveness = new(liveness);

    public TaskRequestAnswer Decide(TaskDraft draft)
    {
        if (Fault(draft) is { } fault)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        Heal(draft);
        var graph = draft.Graph;
        var worker = LeaseFields.Worker(draft, request.Holder);
        if (graph.FindActiveLike(request.Holder.Agent) is { } like && !NewNames.IsInUse(draft, request.Holder.Agent))
            throw new TaskLockingException(RefusalCode.InvalidArgument, NewNames.TooLike("The agent", request.Holder.Agent, like));
        var agent = AgentView.Of(draft, graph, worker, request.Capabilities);
        var judge = new ReadinessJudge(draft, graph, draft.Now, _liveness, comparison);
        var query = new ReadyQuery { Swarm = request.Swarm, Tags = request.Tags };
        var passed = 0;
        AgentTask? best = null;
        string? held = null;
        foreach (var task in graph.Open)
        {
            if (!ReadyQueue.IsMeant(task, query))
                continue;
            if (judge.IsReady(task, agent, ignoreFiles: request.OnOverlap == FileOverlap.Warn))
            {
                if (holds?.Obstacle(task.Id) is not { } obstacle)
                    return Claim(draft, task, worker);
                held ??= $"Task {task.Id} is ready, and {obstacle}.";
                continue;
            }
            passed++;
            best ??= task;
        }
        var why = held is not null ? held
            : best is null ? "No task is ready."
            : agent.IsFull ? ReadinessReasons.Full(agent) + "."
            : $"No task is ready for {agent.Name}. Of {passed} with all dependencies done the first is {best.Id}: " +
                $"{judge.Reasons(best, agent).FirstOrDefault()}.";
        var inVain = InVain(draft, graph, query);
        return new TaskRequestAnswer(null, inVain is null ? why : why + " " + inVain, []) { InVain = inVain };
    }

    private TaskRequestAnswer Claim(TaskDraft draft, AgentTask task, Worker worker)
    {
        var claim = ClaimGrant.New(draft, request.Holder, request.Ttl);
        var claimed = draft.Change(task).Give(draft, task, claim, worker.IsPerson).Apply();
        var overlaps = FileScope.Take(draft, task.Files, claim, task.Id, _liveness, comparison, worker);
        return new TaskRequestAnswer(claimed, null, overlaps);
    }

    private static string? InVain(TaskDraft draft, TaskGraph graph, ReadyQuery query)
    {
        var people = new StuckReasons(draft, graph);
        var told = graph.Stuck.Where(node => ReadyQueue.IsMeant(node.Task!, query))
            .Select(node => (node.Id, StuckReasons.Of(node).FirstOrDefault()))
            .Concat(graph.FindCycles().SelectMany(circle => circle)
                .Where(id => draft.Find(id) is { } task && ReadyQueue.IsMeant(task, query))
                .Select(id => (Id: id, (string?)"waits for itself")))
            .Concat(graph.Open.Where(task => ReadyQueue.IsMeant(task, query))
                .Select(task => (task.Id, people.OfPeople(task).FirstOrDefault())))
            .Where(each => each.Item2 is not null).DistinctBy(each => each.Id).Select(each => $"{each.Id} {each.Item2}").ToList();
        return told.Count == 0 ? null
            : $"{told.Count} {(told.Count == 1 ? "task waits" : "tasks wait")} for what will not come: {string.Join("; ", told.Take(3))}"
                + $"{(told.Count > 3 ? $"; {told.Count - 3} more" : "")}. 'graph check' tells all of them.";
    }

    private string? Fault(TaskDraft draft) =>
        draft.Names.Agent(request.Holder.Agent)
        ?? LeaseFields.Process(request.Holder)
        ?? LeaseFields.Ttl(request.Ttl)
        ?? LeaseFields.Overlap(request.OnOverlap)
        ?? TaskFields.Capabilities(request.Capabilities);

    private void Heal(TaskDraft draft)
    {
        foreach (var id in draft.Graph.Active.Select(task => task.Id).ToList())
        {
            var task = draft.Find(id)!;
            if ((task.Claim is null && task.Status != AgentTaskStatus.InProgress) || !IsDue(draft, task) || holds?.Obstacle(id) is not null)
                continue;
            if (Judge(draft, task) is not { } healed)
                continue;
            if (healed.Item.Kind is MaintenanceKind.ClaimExpired or MaintenanceKind.HolderDied)
                draft.TellEnded(healed.Item);
            ClaimEnd.Settle(draft, task, healed.Task);
        }
        foreach (var lease in draft.FileLeases.ToList())
        {
            if (LeaseTerm.End(lease, draft.Now, _liveness) is not { } end)
                continue;
            draft.Remove(lease);
            var why = end == LeaseEnd.ProcessEnded ? "its process is gone" : "its time has passed";
            draft.TellEnded(new MaintenanceItem(MaintenanceKind.FileLeaseEnded, lease.Path, lease.Agent,
                $"The lease of {lease.Agent} on {lease.Path} ended: {why}"));
        }
    }

    private bool IsDue(TaskDraft draft, AgentTask task) =>
        TaskLife.To(TaskMove.Return, task.Status) is null || IsOverdue(draft, task)
            || (task.Claim is { } claim && LeaseTerm.End(claim, draft.Now, _liveness) is not null);

    private static bool IsOverdue(TaskDraft draft, AgentTask task) =>
        task is { Status: AgentTaskStatus.InProgress, StartedAt: { } started, TimeLimit: { } limit } && draft.Now > started + limit;

    private (AgentTask Task, MaintenanceItem Item)? Judge(TaskDraft draft, AgentTask task)
    {
        var end = task.Claim is { } claim ? LeaseTerm.End(claim, draft.Now, _liveness) : null;
        var agent = task.Owner;
        if (TaskLife.To(TaskMove.Return, task.Status) is null)
        {
            ClaimEnd.FreeFiles(draft, task);
            return (draft.Change(task).EndClaim(task).Apply(), new MaintenanceItem(
                MaintenanceKind.Settled, task.Id, agent, $"The claim of {agent} on task {task.Id} ended: it is {task.StatusText}"));
        }
        if (end != LeaseEnd.ProcessEnded && IsOverdue(draft, task))
        {
            var reason = "timed out after " + task.TimeLimit!.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";
            return (ClaimEnd.Fail(draft, task, reason, agent, isFinal: false),
                new MaintenanceItem(MaintenanceKind.TimedOut, task.Id, agent, reason));
        }
        if (end is null)
            return null;
        var struck = ClaimEnd.Strike(draft, task);
        var (kind, why) = end == LeaseEnd.ProcessEnded
            ? (MaintenanceKind.HolderDied, $"The process of {agent} is gone")
            : (MaintenanceKind.ClaimExpired, $"The claim of {agent} has expired");
        return (struck, new MaintenanceItem(
            kind, task.Id, agent, $"{why}: task {task.Id} is {struck.StatusText} (strike {struck.Strikes})"));
    }
}

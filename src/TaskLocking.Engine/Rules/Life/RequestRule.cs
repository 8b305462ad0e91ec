using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Paths;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// Finds the best ready tasks that an agent may do and claims them, and starts them if that is asked for. First what has lapsed is set
/// right, so a fleet heals itself by asking. Nothing free is an answer, no refusal. A task whose lock somebody holds is passed over: the
/// fleet does not wait for it.
/// </summary>
/// <remarks>
/// It looks at what is due and at what this agent may take, not at what others have; and what it found it asks again instead of resting on
/// everything. Several tasks are given as several requests one after the other would give them.
/// </remarks>
internal sealed class RequestRule(TaskRequest request, ILiveness liveness, FileComparison comparison, ITaskHolds? holds = null)
    : ITaskRule<TaskRequestAnswer>
{
    private readonly KnownLiveness _liveness = new(liveness);
    private readonly ReadyQuery _query = new() { Swarm = request.Swarm, Tags = request.Tags };

    /// <exception cref="TaskLockingException">InvalidArgument; NotPermitted for a person whom the board does not know.</exception>
    public TaskRequestAnswer Decide(TaskDraft draft)
    {
        if (Fault(draft) is { } fault)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        var done = draft.ChangedIds.ToList();
        var putOff = MaintenanceRule.Heal(draft, _liveness, holds).Where(item => item.Kind == MaintenanceKind.PutOff)
            .Select(item => item.Subject).ToList();
        var worker = LeaseFields.Worker(draft, request.Holder);
        RefuseLike(draft);
        var agent = AgentView.Of(draft, worker, request.Capabilities, draft.AskedGraph.Ready.LoadOf);
        var view = agent;
        var claimed = new List<TaskOutcome>();
        string? held = null;
        while (claimed.Count < request.Count && !view.IsFull && Next(draft, view, putOff, ref held) is { } task)
        {
            claimed.Add(Claim(draft, task, worker));
            view = view with { ActiveTasks = view.ActiveTasks + 1 };
        }
        if (claimed.Count == 0)
            return Nothing(draft, view, held);
        RestOn(draft, agent, claimed, done);
        return new TaskRequestAnswer(claimed[0].Task, null, claimed[0].Overlaps) { Claimed = claimed };
    }

    // What was asked, as the state answers it without what this decision changes.
    private void RestOn(TaskDraft draft, AgentView agent, List<TaskOutcome> claimed, List<string> done)
    {
        if (claimed.Count < request.Count)
            draft.RestOnAll();
        draft.RestOn(new FirstTasks(agent, _query, draft.Now, claimed.ConvertAll(outcome => outcome.Id), request.Count));
        if (done.Count > 0)
            draft.RestOn(new NobodyWaits(done));
        if (done.Exists(id => draft.AskedGraph.HasDependents(id) || draft.AskedGraph.HasOpenedParent(id)))
            draft.RestOnAll();
        if (agent.Profile is { } profile)
        {
            var freed = done.Count(id => IsOne(draft.Before(id), agent.Worker));
            draft.RestOn(new RoomFor(agent.Worker, profile.MaxTasks - claimed.Count + freed));
        }
    }

    private static bool IsOne(AgentTask? task, Worker worker) =>
        task is not null && (task.Claim is not null || task.Status == AgentTaskStatus.InProgress)
            && worker.IsCalled(task.Owner, Person.Has(task));

    // Who works under a name that is taken for another one's.
    private void RefuseLike(TaskDraft draft)
    {
        var name = request.Holder.Agent;
        if (draft.AskedGraph.Ready.FindActiveLike(name) is null)
            draft.RestOn(new NobodyLike(name));
        else if (draft.Graph.FindActiveLike(name) is { } like && !NewNames.IsInUse(draft, name))
            throw new TaskLockingException(RefusalCode.InvalidArgument, NewNames.TooLike("The agent", name, like));
    }

    // The best one that can be taken, whose lock nobody holds.
    private AgentTask? Next(TaskDraft draft, AgentView agent, List<string> putOff, ref string? held)
    {
        var graph = draft.AskedGraph;
        var judge = new ReadinessJudge(draft, graph, draft.Now, _liveness, comparison);
        var candidates = graph.Ready.For(agent, _query, draft.Now);
        // What has lapsed and could not be set right is nobody's, but held.
        if (graph.FindOpen(putOff) is { Count: > 0 } lapsed)
            candidates = candidates.Concat(lapsed).OrderBy(node => node, TaskOrder.ByUrgency);
        foreach (var node in candidates)
        {
            if (!ReadyQueue.IsMeant(node.Task!, _query))
                continue;
            if (judge.IsReady(node.Task!, agent, ignoreFiles: request.OnOverlap == FileOverlap.Warn))
            {
                if (holds?.Obstacle(node.Id) is not { } obstacle)
                    return draft.Find(node.Id);
                held ??= $"Task {node.Id} is ready, and {obstacle}.";
            }
            // What somebody holds, or whose files he has, may be free in a moment.
            draft.RestOnAll();
        }
        return null;
    }

    private TaskOutcome Claim(TaskDraft draft, AgentTask task, Worker worker)
    {
        if (holds is not null)
            draft.Choose(task.Id);
        var claim = ClaimGrant.New(draft, request.Holder, request.Ttl);
        var change = draft.Change(task).Give(draft, task, claim, worker.IsPerson);
        var claimed = (request.Start ? change.Begin(draft, task) : change).Apply();
        return new TaskOutcome(task.Id, claimed, null, Changed: true)
        {
            Previous = task,
            Overlaps = FileScope.Take(draft, task.Files, claim, task.Id, _liveness, comparison, worker),
        };
    }

    private TaskRequestAnswer Nothing(TaskDraft draft, AgentView agent, string? held)
    {
        draft.RestsOnNothing = true;
        var why = held ?? ReadyQueue.FirstOpen(draft.Graph, _query, out var open) switch
        {
            null => "No task is ready.",
            _ when agent.IsFull => ReadinessReasons.Full(agent) + ".",
            var first => $"No task is ready for {agent.Name}. Of {open} with all dependencies done the first is {first.Id}: "
                + new ReadinessJudge(draft, draft.Graph, draft.Now, _liveness, comparison).Reasons(first, agent).FirstOrDefault() + ".",
        };
        var inVain = WaitsInVain.Sentence(draft, draft.Graph, _query);
        return new TaskRequestAnswer(null, inVain is null ? why : why + " " + inVain, []) { InVain = inVain };
    }

    private string? Fault(TaskDraft draft) =>
        draft.Names.Agent(request.Holder.Agent)
        ?? LeaseFields.Process(request.Holder)
        ?? LeaseFields.Ttl(request.Ttl)
        ?? LeaseFields.Overlap(request.OnOverlap)
        ?? LeaseFields.Count(request.Count)
        ?? TaskFields.Capabilities(request.Capabilities);
}

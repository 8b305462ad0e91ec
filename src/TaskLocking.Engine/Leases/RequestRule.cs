using System;
using System.Linq;
using TaskLocking.Automation;
using TaskLocking.Diagnostics;
using TaskLocking.Scheduling;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Finds the best ready task that an agent may do and claims it. First what has lapsed is set right, so a fleet heals itself by asking.
/// Nothing free is an answer, no refusal. A task whose lock somebody holds is passed over: the fleet does not wait for it.
/// </summary>
internal sealed class RequestRule(TaskRequest request, ILiveness liveness, StringComparison comparison, ITaskHolds? holds = null)
    : ITaskRule<TaskRequestAnswer>
{
    private readonly KnownLiveness _liveness = new(liveness);

    /// <exception cref="TaskLockingException">InvalidArgument; NotPermitted for a person whom the board does not know.</exception>
    public TaskRequestAnswer Decide(TaskDraft draft)
    {
        if (Fault(draft) is { } fault)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        MaintenanceRule.Heal(draft, _liveness, holds);
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
            : Why(judge, best, passed, agent);
        var inVain = WaitsInVain.Sentence(draft, graph, task => ReadyQueue.IsMeant(task, query));
        return new TaskRequestAnswer(null, inVain is null ? why : why + " " + inVain, []) { InVain = inVain };
    }

    private TaskRequestAnswer Claim(TaskDraft draft, AgentTask task, Worker worker)
    {
        var claim = ClaimGrant.New(draft, request.Holder, request.Ttl);
        var claimed = draft.Change(task).Give(draft, task, claim, worker.IsPerson).Apply();
        var overlaps = FileScope.Take(draft, task.Files, claim, task.Id, _liveness, comparison, worker);
        return new TaskRequestAnswer(claimed, null, overlaps);
    }

    private static string Why(ReadinessJudge judge, AgentTask best, int passed, AgentView agent) => agent.IsFull
        ? ReadinessReasons.Full(agent) + "."
        : $"No task is ready for {agent.Name}. Of {passed} with all dependencies done the first is {best.Id}: {judge.Reasons(best, agent).FirstOrDefault()}.";

    private string? Fault(TaskDraft draft) =>
        draft.Names.Agent(request.Holder.Agent)
        ?? LeaseFields.Process(request.Holder)
        ?? LeaseFields.Ttl(request.Ttl)
        ?? LeaseFields.Overlap(request.OnOverlap)
        ?? TaskFields.Capabilities(request.Capabilities);
}

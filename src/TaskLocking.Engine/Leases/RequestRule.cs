using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Automation;
using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Finds the best ready task that an agent may do and claims it. First what has lapsed is set right, so a fleet heals itself by asking.
/// Nothing free is an answer, no refusal.
/// </summary>
internal sealed class RequestRule(TaskRequest request, ILiveness liveness, StringComparison comparison) : ITaskRule<TaskRequestAnswer>
{
    private readonly KnownLiveness _liveness = new(liveness);

    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public TaskRequestAnswer Decide(TaskDraft draft)
    {
        if (Fault() is { } fault)
            throw new TaskLockingException(RefusalCode.InvalidArgument, fault);
        MaintenanceRule.Heal(draft, _liveness);
        var agent = request.Holder.Agent;
        var permit = new ClaimPermit(draft, agent, request.Capabilities);
        if (permit.Full() is { } ids)
            return new TaskRequestAnswer(null, LifeRefusals.Full(agent, ids.Count) + ".", []);
        var passed = new PassedOver();
        foreach (var task in draft.Graph.Open)
        {
            if (IsAskedFor(task) && IsFree(task, draft, permit, passed))
                return Claim(draft, task);
        }
        return new TaskRequestAnswer(null, passed.Sentence(agent), []);
    }

    private TaskRequestAnswer Claim(TaskDraft draft, AgentTask task)
    {
        var claim = ClaimGrant.New(draft, request.Holder, request.Ttl);
        var claimed = draft.Change(task).Give(draft, task, claim).Apply();
        var overlaps = FileScope.Take(draft, task.Files, claim, task.Id, _liveness, comparison);
        return new TaskRequestAnswer(claimed, null, overlaps);
    }

    private bool IsAskedFor(AgentTask task) =>
        (request.Swarm is null || string.Equals(request.Swarm, task.Swarm, StringComparison.Ordinal))
        && request.Tags.All(tag => task.Tags.Contains(tag, StringComparer.Ordinal));

    private bool IsFree(AgentTask task, TaskDraft draft, ClaimPermit permit, PassedOver passed)
    {
        if (task.Claim is not null || (task.Assignee is { } assignee && !ClaimCheck.IsSame(assignee.Name, request.Holder.Agent)))
            return passed.Add(PassedOver.Taken);
        if (task.NotBefore > draft.Now)
            return passed.Add(PassedOver.Early);
        if (permit.Refuse(task) is not null)
            return passed.Add(PassedOver.Unfit);
        if (request.OnOverlap == FileOverlap.Warn || task.Files.Count == 0)
            return true;
        var conflicts = FileScope.Conflicts(draft, task.Files, shared: false, request.Holder.Agent, draft.Now, _liveness, comparison);
        return conflicts.Count == 0 || passed.Add(PassedOver.FileHeld);
    }

    private string? Fault() =>
        LeaseFields.Holder(request.Holder)
        ?? LeaseFields.Ttl(request.Ttl)
        ?? LeaseFields.Overlap(request.OnOverlap)
        ?? TaskFields.Capabilities(request.Capabilities);
}

using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Paths;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// Begins work on tasks that are claimed by, or assigned to, the agent; where there is no claim yet it is given. Refused, each for
/// itself and in this order: InvalidArgument, TaskNotFound, LeaseLost, NotOwner, StatusConflict, DependencyFailed, TaskNotReady,
/// NotPermitted, FileLocked. What a claim was given for (capabilities, files) is not asked again. The same start again is no change, unless
/// another process shall go on.
/// </summary>
internal sealed class StartRule(IReadOnlyList<StartRequest> requests, ILiveness liveness, FileComparison comparison)
    : TaskByTaskRule<StartRequest>(requests, request => request.Id)
{
    private readonly KnownLiveness _liveness = new(liveness);

    protected override TaskOutcome Decide(StartRequest request, AgentTask task, TaskDraft draft)
    {
        var agent = request.Holder.Agent;
        var worker = new Worker(agent, ClaimCheck.IsPerson(draft, task, agent, request.Holder.Type), LeaseFields.Callers(request.Holder));
        if (ClaimCheck.Refuse(task, worker, request.Token, request.Force, draft.Now, _liveness) is { } foreign)
            return Refused(task, foreign);
        if (task.Owner is null)
            return Refused(task, LifeRefusals.NotAssigned(task, agent));
        if (task is { Status: AgentTaskStatus.InProgress, Claim: { } running })
            return Under(Held(running, request.Holder, worker, draft), task, draft);
        var refusal = NotReady(task, draft) ?? (task.Claim is null ? NotGranted(request, task, draft, worker) : null);
        return refusal is null ? Started(request, task, draft, worker) : Refused(task, refusal);
    }

    private TaskOutcome Started(StartRequest request, AgentTask task, TaskDraft draft, Worker worker)
    {
        var claim = task.Claim is null ? ClaimGrant.New(draft, request.Holder, request.Ttl)
            : WithProcess(task.Claim, request.Holder, draft);
        var started = draft.Change(task).Give(draft, task, claim, worker.IsPerson).Begin(draft, task).Apply();
        if (task.Claim is not null && claim != task.Claim)
            FileScope.Renew(draft, claim, task.Id);
        var overlaps = task.Claim is null ? FileScope.Take(draft, task.Files, claim, task.Id, _liveness, comparison, worker) : [];
        return new TaskOutcome(task.Id, started, null, Changed: true) { Previous = task, Overlaps = overlaps };
    }

    // The same start again is no change, but for another process that goes on with the work.
    private static TaskOutcome Under(TaskClaim claim, AgentTask task, TaskDraft draft)
    {
        var change = draft.Change(task).SetClaim(task, claim);
        if (change.IsChange)
            FileScope.Renew(draft, claim, task.Id);
        return Done(task, change.Apply(), change.IsChange);
    }

    private TaskClaim Held(TaskClaim running, LeaseHolder holder, Worker worker, TaskDraft draft) =>
        worker.IsOf(running, _liveness) && LeaseTerm.End(running, draft.Now, _liveness) is null
            ? running
            : WithProcess(running, holder, draft);

    // Whoever starts names the process that works; it need not be the one that asked for the task. Where that is gone, what would be left
    // may have lapsed by time, too.
    private TaskClaim WithProcess(TaskClaim claim, LeaseHolder holder, TaskDraft draft)
    {
        var held = LeaseTerm.GoOn(claim, holder, draft.Now, _liveness);
        return held != claim && LeaseTerm.End(held, draft.Now, _liveness) is not null ? held.Until(draft.Now + held.Ttl, held.Ttl) : held;
    }

    private static Refusal? NotReady(AgentTask task, TaskDraft draft)
    {
        if (task.BlockedBy is null && TaskLife.To(TaskMove.Start, task.Status) is null)
            return LifeRefusals.Status(task, "only a task in Todo can be started");
        if (FailedDependency(task, draft) is { } block)
            return LifeRefusals.DependencyFailed(task, block, draft);
        var unmet = task.Dependencies.Where(id => draft.Find(id)?.IsMet != true).ToList();
        if (unmet.Count > 0 || task.Foreign.Dependencies.Count > 0)
            return LifeRefusals.NotMet(task, unmet, draft);
        if (draft.OpenChildrenOf(task.Id) is { Count: > 0 } open)
            return LifeRefusals.ChildrenOpen(task, "is not started", open, draft);
        if (!task.IsUnderstood)
            return LifeRefusals.NotUnderstood(task);
        return task.NotBefore is { } time && time > draft.Now ? LifeRefusals.TooEarly(task, time, draft.Now) : null;
    }

    private Refusal? NotGranted(StartRequest request, AgentTask task, TaskDraft draft, Worker worker)
    {
        var agent = AgentView.Of(draft, worker, request.Capabilities, one => draft.Graph.ActiveTasksOf(one));
        if (LifeRefusals.Misfit(task, agent) is { } misfit)
            return misfit;
        if (agent.IsFull)
            return LifeRefusals.AgentFull(task, agent);
        if (request.OnOverlap == FileOverlap.Warn)
            return null;
        var conflicts = FileConflicts.Holding(draft, task.Files, shared: false, worker, draft.Now, _liveness, comparison);
        return conflicts.Count == 0 ? null : FileRefusals.Locked(conflicts[0], draft.Now, task.Id, worker);
    }

    // A file from elsewhere may have a failure that did not travel yet.
    private static TaskBlock? FailedDependency(AgentTask task, TaskDraft draft)
    {
        if (task.BlockedBy is { } known)
            return known;
        foreach (var id in task.Dependencies)
        {
            var dependency = draft.Find(id);
            if (dependency?.Status == AgentTaskStatus.Failed)
                return new TaskBlock(id, id);
            if (dependency is { Status: AgentTaskStatus.Blocked, BlockedBy: { } block })
                return new TaskBlock(id, block.Root);
        }
        return null;
    }

    protected override string? Fault(StartRequest request, TaskDraft draft) =>
        LeaseFields.Agent(request.Holder.Agent, draft.Find(request.Id))
        ?? LeaseFields.Process(request.Holder)
        ?? LeaseFields.Ttl(request.Ttl)
        ?? LeaseFields.Overlap(request.OnOverlap)
        ?? TaskFields.Capabilities(request.Capabilities);
}

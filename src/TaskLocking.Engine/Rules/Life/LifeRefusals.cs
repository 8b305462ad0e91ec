using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>The sentences of the refusals in the life of a task, each in one place with its facts.</summary>
internal static class LifeRefusals
{
    private const int Shown = 5;

    /// <summary>Tells what token was expected, what is found, and who has the task now.</summary>
    public static Refusal LeaseLost(AgentTask task, string agent, long token)
    {
        var now = task.Claim is { } claim ? $"{claim.Agent} has the task now, with token {claim.Token}"
            : task.Assignee is { } assignee ? $"it is {task.StatusText} and assigned to {assignee}"
            : $"it is {task.StatusText} and nobody has it";
        return Of(RefusalCode.LeaseLost, task, $"{agent} has lost its claim on task {task.Id} (token {token}): {now}") with
        {
            ExpectedToken = token,
            FoundToken = task.Claim?.Token,
            Agent = task.Owner,
            Expires = task.Claim?.Expires,
        };
    }

    public static Refusal NotOwner(AgentTask task, Worker worker, string owner) =>
        Of(RefusalCode.NotOwner, task, task.Claim is null || owner == worker.Name
            ? $"Task {task.Id} is assigned to {task.Assignee}, not to "
                + $"{(owner == worker.Name ? (worker.IsPerson ? "human:" : "agent:") : "")}{worker.Name}"
            : $"{owner} has task {task.Id}, not {worker.Name}") with
        {
            FoundToken = task.Claim?.Token,
            Agent = owner,
            Expires = task.Claim?.Expires,
        };

    /// <summary>One name, two processes: tells the one that has the claim, and since when.</summary>
    public static Refusal OtherProcess(AgentTask task, TaskClaim claim) =>
        Of(RefusalCode.NotOwner, task,
            $"Another process has task {task.Id} under the name {claim.Agent}: {Process(claim.Pid, claim.Host, claim.Claimed)}. " +
            "Give the token of the claim, name that process, or force it") with
        {
            FoundToken = null,
            Agent = claim.Agent,
            Expires = claim.Expires,
        };

    /// <summary>Somebody works on it who was not asked: tells who, by what process and until when.</summary>
    public static Refusal Held(AgentTask task, TaskClaim claim) =>
        Of(RefusalCode.NotOwner, task,
            $"{claim.Agent} has task {task.Id}{(claim.Pid is null ? "" : $" ({Process(claim.Pid, claim.Host, claim.Claimed)})")}, until " +
            $"{Timestamp.Format(claim.Expires)}. Give the token of the claim, or force it to take it away") with
        {
            Agent = claim.Agent,
            Expires = claim.Expires,
        };

    /// <summary>There is a claim, and nobody can tell whose.</summary>
    public static Refusal HeldBySomebody(AgentTask task) =>
        Of(RefusalCode.NotOwner, task, $"Somebody may have task {task.Id}: its claim cannot be read. Force it to take it away");

    /// <summary>"pid 12 on host h, since 2026-01-01T10:00:00.000Z".</summary>
    public static string Process(int? pid, string? host, DateTimeOffset since) =>
        "pid " + pid + (host is null ? "" : " on " + host) + ", since " + Timestamp.Format(since);

    public static Refusal NotAssigned(AgentTask task, string agent) =>
        Of(RefusalCode.NotOwner, task,
            $"Task {task.Id} is not assigned to agent {agent}; claim it with next (Request-AgentTask), or assign it");

    /// <param name="task">The task.</param>
    /// <param name="needed">What would have to be, as the end of a sentence.</param>
    public static Refusal Status(AgentTask task, string needed) =>
        Of(RefusalCode.StatusConflict, task, $"Task {task.Id} is {task.StatusText}{By(task)}; {needed}") with
        {
            Agent = task.Claim?.Agent,
            FoundToken = task.Claim?.Token,
            Expires = task.Claim?.Expires,
        };

    public static Refusal DependencyFailed(AgentTask task, TaskBlock block, ITaskState state, string? advice = null)
    {
        var reason = state.Find(block.Root)?.Failure?.Reason ?? "no reason was given";
        var cause = block.Nearest == block.Root ? reason : $"it is blocked because {block.Root} failed: {reason}";
        return Of(RefusalCode.DependencyFailed, task, $"Dependency task {block.Nearest} failed: {cause}{advice}") with
        {
            RootCause = block.Root,
            Ids = [block.Nearest],
        };
    }

    /// <summary>Dependencies that are not done or not there; each with its status.</summary>
    public static Refusal NotMet(AgentTask task, IReadOnlyList<string> ids, ITaskState state)
    {
        var unread = task.Foreign.Dependencies;
        var listed = ids.Select(id => $"{id} ({Told(state.Find(id))})")
            .Concat(unread.Select(text => text + " (not understood)"))
            .Take(Shown);
        var more = ids.Count + unread.Count > Shown ? $", {ids.Count + unread.Count - Shown} more" : "";
        return Of(RefusalCode.TaskNotReady, task, $"Dependencies not met: {string.Join(", ", listed)}{more}") with { Ids = ids };
    }

    /// <summary>Children are neither done nor cancelled: tells a few of them, each with its status.</summary>
    /// <param name="task">The parent.</param>
    /// <param name="what">What is not done with it.</param>
    /// <param name="open">All of them.</param>
    /// <param name="state">The state.</param>
    public static Refusal ChildrenOpen(AgentTask task, string what, IReadOnlyList<string> open, ITaskState state) =>
        Of(RefusalCode.TaskNotReady, task,
            $"Task {task.Id} {what} before its children are closed: {ReadinessReasons.Listed(open, state)}") with
        { Ids = open };

    /// <summary>Its todo says what nobody understands, so it may be somebody else's, or wait.</summary>
    public static Refusal NotUnderstood(AgentTask task) =>
        Of(RefusalCode.TaskNotReady, task,
            $"Task {task.Id} is not started: nobody understands what its todo says ({string.Join("; ", task.NotUnderstood.Take(Shown))})");

    public static Refusal TooEarly(AgentTask task, DateTimeOffset notBefore, DateTimeOffset now) =>
        Of(RefusalCode.TaskNotReady, task,
            $"Task {task.Id} is not to be started before {Timestamp.Format(notBefore)}") with
        { RetryAfter = notBefore - now };

    /// <summary>NotPermitted: a capability is missing, or others are named; null if the agent may take the task.</summary>
    public static Refusal? Misfit(AgentTask task, AgentView agent)
    {
        var missing = agent.Missing(task).ToList();
        if (missing.Count > 0)
            return Of(RefusalCode.NotPermitted, task,
                $"Agent {agent.Name} lacks what task {task.Id} requires: {string.Join(", ", missing)}");
        return agent.IsAllowed(task)
            ? null
            : Of(RefusalCode.NotPermitted, task,
                $"Agent {agent.Name} may not take task {task.Id}: it is for {string.Join(", ", task.AllowedAgents.Take(Shown))}");
    }

    public static Refusal AgentFull(AgentTask task, AgentView agent) =>
        Of(RefusalCode.NotPermitted, task, ReadinessReasons.Full(agent).Message) with { Agent = agent.Name };

    public static Refusal OnlyAPerson(AgentTask task) =>
        Of(RefusalCode.NotPermitted, task, task.Status == AgentTaskStatus.Review
            ? $"Task {task.Id} is in Review: only a person brings it to Done, by completing it as human"
            : $"Task {task.Id} needs a review: it comes to Done from Review alone, where a person completes it as human");

    public static Refusal ReviewStays(AgentTask task, string by) =>
        Of(RefusalCode.NotPermitted, task,
            $"Task {task.Id} was begun as one that needs a review: that is taken away by a person of the board who did not work on it, " +
            $"and {by} is none. Name him as who makes the change");

    public static Refusal NoPerson(AgentTask task, string agent, string? type) =>
        UnknownPerson(agent, type) with { TaskId = task.Id, ExistingAssignee = task.Assignee };

    public static Refusal UnknownPerson(string agent, string? type) => new(RefusalCode.NotPermitted, type is null
        ? $"The board does not know {agent} as a person: register {agent} as human first"
        : $"{agent} is registered as {type}, not as human")
    {
        Agent = agent,
    };

    public static Refusal OwnWork(AgentTask task, string name) =>
        Of(RefusalCode.NotPermitted, task,
            $"{name} did the work on task {task.Id}: somebody of another name approves it") with
        { Agent = name };

    private static Refusal Of(RefusalCode code, AgentTask task, string message) =>
        new(code, message) { TaskId = task.Id, ExistingAssignee = task.Assignee };

    private static string Told(AgentTask? dependency) => dependency switch
    {
        null => "missing",
        { Status: AgentTaskStatus.Done } => "done, but another of that id is not",
        _ => dependency.StatusText,
    };

    private static string By(AgentTask task) => task.Claim is { } claim ? $", and {claim.Agent} has it" : "";
}

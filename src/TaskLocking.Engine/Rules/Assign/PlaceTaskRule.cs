using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Paths;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// Gives the best ready, background-capable task that fits to the agent with the fewest open tasks that may take it; ties go by name.
/// One task a commit: what another run or a person did meanwhile is seen before the next.
/// </summary>
/// <param name="request">The limits and the pool.</param>
/// <param name="passedOver">Tasks that could not be had before, with the reason.</param>
/// <param name="liveness">Judges the processes behind leases on files.</param>
/// <param name="comparison">How the file system compares names.</param>
internal sealed class PlaceTaskRule(AssignmentRunRequest request, IReadOnlyDictionary<string, string> passedOver, ILiveness liveness,
    FileComparison comparison) : ITaskRule<Placement>
{
    /// <summary>The tag of tasks that need a person beside them.</summary>
    public const string Interactive = "interactive";

    private const int MostPerAgent = AgentFields.MostTasks;
    private const int MostParallel = 10_000;

    /// <summary>The agents that may get tasks.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument for a limit that cannot be or an agent that is a person;
    /// AgentNotFound.</exception>
    public static List<AgentProfile> Pool(ITaskState state, AssignmentRunRequest request)
    {
        if (request.MaxPerAgent is < 1 or > MostPerAgent)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"An agent cannot have at most {request.MaxPerAgent} tasks. Give 1 to {MostPerAgent}, for example 5.");
        if (request.MaxParallel is < 1 or > MostParallel)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"At most {request.MaxParallel} tasks at once cannot be. Give 1 to {MostParallel}, for example 10.");
        if (request.Agents.Count == 0)
            return state.Agents.Where(agent => agent.Type != "human").ToList();
        var pool = new List<AgentProfile>();
        foreach (var name in request.Agents)
        {
            var agent = Person.Find(state, name, isPerson: false) ?? state.FindAgent(name)
                ?? throw new TaskLockingException(new Refusal(RefusalCode.AgentNotFound, $"Agent {name} not found") { Agent = name });
            if (agent.Type == "human")
                throw new TaskLockingException(RefusalCode.InvalidArgument,
                    $"{name} is a person, who takes tasks by hand. Name agents or hosts, or assign the task.");
            if (!pool.Contains(agent))
                pool.Add(agent);
        }
        return pool;
    }

    /// <exception cref="TaskLockingException">As <see cref="Pool"/>.</exception>
    public Placement Decide(TaskDraft draft)
    {
        var pool = Pool(draft, request);
        var loads = AgentLoad.Count(draft.Graph, pool);
        var isFull = loads.Values.Sum() >= request.MaxParallel;
        return (isFull ? null : Give(draft, pool, loads)) ?? new Placement(null, Skipped(draft, pool, loads, isFull));
    }

    // Looks at no task of a class that nobody could take, or nobody who has room: nor at those that were given away before.
    private Placement? Give(TaskDraft draft, List<AgentProfile> pool, Dictionary<string, int> loads)
    {
        foreach (var node in draft.Graph.Ready.Unassigned(IsForSomebody, draft.Now))
        {
            var task = node.Task!;
            if (!IsMeant(task, draft) || Choose(draft, task, pool, loads, isFull: false, out _) is not { } agent)
                continue;
            draft.Change(task).SetAssignee(new Assignee(agent.Type, agent.Name, agent.Host, draft.Now, draft.By)).Apply();
            return new Placement(new PlannedAssignment(task.Id, task.Name, agent.Type, agent.Name, loads[agent.Name] + 1), []);
        }
        return null;

        bool IsForSomebody(AgentTask first) => IsOfSwarm(first) && AgentView.PauseOf(draft.PausedSwarms, first) is null
            && pool.Exists(agent => HasRoom(agent, loads) && LifeRefusals.Misfit(first, ViewOf(agent)) is null);
    }

    // Why each of the others is nobody's: told once, at the end.
    private List<SkippedTask> Skipped(TaskDraft draft, List<AgentProfile> pool, Dictionary<string, int> loads, bool isFull)
    {
        var skipped = new List<SkippedTask>();
        foreach (var task in draft.Graph.Open)
        {
            if (IsMeant(task, draft) && Choose(draft, task, pool, loads, isFull, out var reason) is null)
                skipped.Add(new SkippedTask(task.Id, reason));
        }
        return skipped;
    }

    private bool IsMeant(AgentTask task, TaskDraft draft) =>
        task.Claim is null && task.Assignee is null && !(task.NotBefore > draft.Now) && IsOfSwarm(task);

    private bool IsOfSwarm(AgentTask task) => request.Swarm is null || task.Swarm == request.Swarm;

    private bool HasRoom(AgentProfile agent, Dictionary<string, int> loads) =>
        loads[agent.Name] < Math.Min(request.MaxPerAgent, agent.MaxTasks);

    private static AgentView ViewOf(AgentProfile agent) => new(agent.Name, agent.Capabilities, agent, 0);

    private AgentProfile? Choose(TaskDraft draft, AgentTask task, List<AgentProfile> pool, Dictionary<string, int> loads, bool isFull,
        out string reason)
    {
        reason = "";
        if (passedOver.TryGetValue(task.Id, out var before))
            return Skip(before, out reason);
        if (AgentView.PauseOf(draft.PausedSwarms, task) is { } pause)
            return Skip(ReadinessReasons.Paused(pause) + ".", out reason);
        if (task.Tags.Contains(Interactive, StringComparer.OrdinalIgnoreCase))
            return Skip($"It is tagged {Interactive}: a person takes it by hand.", out reason);
        if (pool.Count == 0)
            return Skip("No agent is registered that could take it.", out reason);
        var fit = new List<AgentProfile>();
        Refusal? misfit = null;
        foreach (var agent in pool)
        {
            if (LifeRefusals.Misfit(task, ViewOf(agent)) is { } refusal)
                misfit ??= refusal;
            else
                fit.Add(agent);
        }
        if (fit.Count == 0)
            return Skip(pool.Count == 1 ? misfit!.Message + "." : $"None of {pool.Count} agents may take it: {misfit!.Message}.",
                out reason);
        if (isFull)
            return Skip($"{request.MaxParallel} tasks are open at once, which is the limit.", out reason);
        fit.RemoveAll(agent => !HasRoom(agent, loads));
        if (fit.Count == 0)
            return Skip("Every agent that may take it has as many tasks as it may.", out reason);
        foreach (var agent in fit.OrderBy(agent => loads[agent.Name]).ThenBy(agent => agent.Name, StringComparer.Ordinal))
        {
            var conflicts = FileConflicts.Holding(draft, task.Files, shared: false, Worker.Named(agent.Name), draft.Now, liveness,
                comparison);
            if (conflicts.Count == 0)
                return agent;
            reason = FileRefusals.Locked(conflicts[0], draft.Now).Message + ".";
        }
        return null;
    }

    private static AgentProfile? Skip(string why, out string reason)
    {
        reason = why;
        return null;
    }
}

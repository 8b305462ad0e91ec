using System;
using System.Collections.Generic;
using TaskLocking.Characters;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking.Ready;

/// <summary>
/// The tasks that have a claim or are in progress, by what may end that: a process, a time, a time limit, somebody else's tool. Upkeep asks
/// for what is due and looks at nothing else. Beside it, who has how many of them.
/// </summary>
internal sealed class ActiveTasks
{
    // Claims on tasks that others brought to an end, and tasks that came without the claim under which they were begun.
    private readonly SortedSet<TaskNode> _ended = new(TaskOrder.ByPlace);
    private readonly SortedSet<TaskNode> _limits = new(TimeOrder.ByDeadline);
    private readonly SortedSet<TaskNode> _expiries = new(TimeOrder.ByExpiry); // of claims that time alone judges
    private readonly Dictionary<string, LeaseProcess> _processes = new(StringComparer.Ordinal);

    private readonly OwnerCounts _loads = new();
    private readonly NameCounts _names = new();

    /// <summary>Takes in an active task.</summary>
    public void Add(TaskNode node)
    {
        if (node.Step is { } step)
        {
            Add(node, step.Holder!);
            return;
        }
        var task = node.Known!;
        if (task.Owner is { } owner)
        {
            _names.Add(owner);
            _loads.Add(owner, Person.Has(task));
        }
        if (IsEnded(task))
        {
            _ended.Add(node);
            return;
        }
        if (TimeOrder.DeadlineOf(task) != long.MaxValue)
            _limits.Add(node);
        if (task.Claim is not { } claim)
            return;
        if (LeaseProcess.KeyOf(claim) is not { } process)
        {
            _expiries.Add(node);
            return;
        }
        if (!_processes.TryGetValue(process, out var holder))
            _processes.Add(process, holder = new LeaseProcess(claim.Host!, claim.Pid, claim.ProcessStart));
        holder.Add(node);
    }

    /// <summary>Takes it out, while its task is still the one that it came with.</summary>
    public void Remove(TaskNode node)
    {
        if (node.Step is { } step)
        {
            Remove(node, step.Holder!);
            return;
        }
        var task = node.Known!;
        if (task.Owner is { } owner)
        {
            _names.Remove(owner);
            _loads.Remove(owner, Person.Has(task));
        }
        if (IsEnded(task))
        {
            _ended.Remove(node);
            return;
        }
        if (TimeOrder.DeadlineOf(task) != long.MaxValue)
            _limits.Remove(node);
        if (task.Claim is not { } claim)
            return;
        if (LeaseProcess.KeyOf(claim) is not { } process)
        {
            _expiries.Remove(node);
            return;
        }
        Remove(node, process);
    }

    /// <summary>The tasks that somebody should see to at a time, in document order.</summary>
    public IReadOnlyList<TaskNode> Due(DateTimeOffset now, ILiveness liveness)
    {
        var due = _ended.Count == 0 ? [] : new List<TaskNode>(_ended);
        foreach (var node in _limits)
        {
            if (TimeOrder.ByDeadline.Of(node) >= now.UtcTicks)
                break;
            due.Add(node);
        }
        foreach (var node in _expiries)
        {
            if (TimeOrder.ByExpiry.Of(node) > now.UtcTicks)
                break;
            due.Add(node);
        }
        if (_processes.Count > 1)
            (liveness as KnownLiveness)?.Look();
        foreach (var process in _processes.Values)
            process.AddDue(due, now, liveness);
        return due.Count < 2 ? due : [.. new SortedSet<TaskNode>(due, TaskOrder.ByPlace)];
    }

    /// <summary>How many of the tasks a worker has.</summary>
    public int LoadOf(Worker worker) => _loads.Of(worker);

    /// <summary>One who has some under a name that looks like this one; null if there is none, or one of this very name.</summary>
    public string? FindLike(string name) => _names.FindLike(name);

    /// <summary>Whether somebody of this very name has one.</summary>
    public bool Has(string name) => _names.Contains(name);

    // An agent's claim with a process, on a task that has no limit.
    private void Add(TaskNode node, ClaimHolder holder)
    {
        _names.Add(holder.Agent);
        _loads.Add(holder.Agent, isPerson: false);
        if (!_processes.TryGetValue(holder.Process, out var process))
            _processes.Add(holder.Process, process = holder.NewProcess());
        process.Add(node);
    }

    private void Remove(TaskNode node, ClaimHolder holder)
    {
        _names.Remove(holder.Agent);
        _loads.Remove(holder.Agent, isPerson: false);
        Remove(node, holder.Process);
    }

    private void Remove(TaskNode node, string process)
    {
        var holder = _processes[process];
        holder.Remove(node);
        if (holder.IsEmpty)
            _processes.Remove(process);
    }

    private static bool IsEnded(AgentTask task) =>
        TaskLife.To(TaskMove.Return, task.Status) is null || LostClaim.OfBegun(task) is not null;
}

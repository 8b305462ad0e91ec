using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>
/// What can be taken, by whom, and what is due, kept up to date change by change by the graph that owns it: a question costs what its
/// answer costs, whatever else there is. Built when it is first asked for. Asked by one thread at a time: it follows the clock.
/// </summary>
internal sealed class ReadyIndex
{
    private readonly ReadyTasks _tasks;
    private readonly ActiveTasks _active = new();
    private readonly OwnerCounts _onHands = new();

    public ReadyIndex(IReadOnlyCollection<TaskNode> nodes)
    {
        foreach (var node in nodes)
        {
            if (node.IsActive)
                _active.Add(node);
            if (AgentLoad.Owner(node, out var isPerson) is { } owner)
                _onHands.Add(owner, isPerson);
        }
        _tasks = new ReadyTasks(nodes.Where(node => node.IsOpen));
    }

    /// <summary>The tasks whose claims or runs do not hold any more at a time, and those that others ended, in document order.</summary>
    public IReadOnlyList<TaskNode> Due(DateTimeOffset now, ILiveness liveness) => _active.Due(now, liveness);

    /// <inheritdoc cref="ReadyTasks.For"/>
    public IEnumerable<TaskNode> For(AgentView agent, ReadyQuery query, DateTimeOffset now) => _tasks.For(agent, query, now);

    /// <inheritdoc cref="ReadyTasks.Unassigned"/>
    public IEnumerable<TaskNode> Unassigned(Func<AgentTask, bool> isMeant, DateTimeOffset now) => _tasks.Unassigned(isMeant, now);

    /// <summary>The classes of tasks that nobody has claimed and that are not for everybody.</summary>
    public IEnumerable<ReadyClass> Particular => _tasks.Particular;

    /// <inheritdoc cref="ActiveTasks.LoadOf"/>
    public int LoadOf(Worker worker) => _active.LoadOf(worker);

    /// <summary>How many tasks a worker has on its hands: claimed, or assigned and still to be done.</summary>
    public int OnHandsOf(Worker worker) => _onHands.Of(worker);

    /// <inheritdoc cref="ActiveTasks.FindLike"/>
    public string? FindActiveLike(string name) => _active.FindLike(name);

    /// <inheritdoc cref="ActiveTasks.Has"/>
    public bool IsActive(string name) => _active.Has(name);

    /// <summary>The node has another task now, or none.</summary>
    public void Enter(TaskNode node)
    {
        if (node.IsOpen)
            _tasks.Add(node);
        if (node.IsActive)
            _active.Add(node);
        if (AgentLoad.Owner(node, out var isPerson) is { } owner)
            _onHands.Add(owner, isPerson);
    }

    /// <summary>To be told before the task of the node is another.</summary>
    public void Leave(TaskNode node)
    {
        if (node.IsOpen)
            _tasks.Remove(node);
        if (node.IsActive)
            _active.Remove(node);
        if (AgentLoad.Owner(node, out var isPerson) is { } owner)
            _onHands.Remove(owner, isPerson);
    }

    /// <summary>What the node waited for is done, or is done no longer.</summary>
    public void Show(TaskNode node, bool isOpen)
    {
        if (isOpen)
            _tasks.Add(node);
        else
            _tasks.Remove(node);
    }
}

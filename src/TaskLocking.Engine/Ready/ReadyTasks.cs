using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>
/// What nobody has and somebody could take: open tasks without a claim, by class, and those that wait for a time. Whoever asks looks only
/// at the classes that are for him: what others have, or may have, costs him nothing.
/// </summary>
internal sealed class ReadyTasks
{
    private readonly ReadyClass _plain;
    private readonly Dictionary<string, ReadyClass> _classes = new(StringComparer.Ordinal);

    // The classes by whom they are for: an assignee, one of those who are named, anybody.
    private readonly Dictionary<string, List<ReadyClass>> _byName = new(StringComparer.Ordinal);
    private readonly List<ReadyClass> _forAnybody = [];

    // By their time: those that are not due at the time that was last asked about, and those that are, the latest first.
    private readonly SortedSet<TaskNode> _early = new(TimeOrder.ByNotBefore);
    private readonly SortedSet<TaskNode> _due = new(TimeOrder.ByLatestNotBefore);
    private long _now = long.MinValue;

    // Those in Todo that a failure blocks all the same, as only a file from elsewhere has them: of any class.
    private readonly SortedSet<TaskNode> _blocked = new(TaskOrder.ByUrgency);

    public ReadyTasks(IEnumerable<TaskNode> open)
    {
        _plain = new ReadyClass("", new AgentTask(new TaskFacts { Id = "" }));
        _forAnybody.Add(_plain);
        _classes.Add("", _plain);
        // Sorted at once it costs a third of what it would task by task.
        var plain = new List<TaskNode>();
        foreach (var node in open)
        {
            var task = node.Task!;
            if (task.Claim is not null || task.BlockedBy is not null || task.NotBefore is not null || ReadyClass.KeyOf(task).Length > 0)
            {
                Add(node);
                continue;
            }
            node.Class = _plain;
            plain.Add(node);
        }
        _plain.AddAll(plain);
    }

    /// <summary>The classes that are not for everybody.</summary>
    public IEnumerable<ReadyClass> Particular => _classes.Values.Where(each => each.IsParticular);

    /// <summary>Takes in an open task; a claimed one is judged by its claim, and is none of these.</summary>
    public void Add(TaskNode node)
    {
        if (node.HasClaim)
            return;
        var task = node.Known!;
        var own = node.Class = ClassOf(task);
        if (task.BlockedBy is not null)
        {
            own.Later.Add(node);
            _blocked.Add(node);
        }
        else if (task.NotBefore is { } time && time.UtcTicks > _now)
        {
            own.Later.Add(node);
            _early.Add(node);
        }
        else
        {
            own.Nodes.Add(node);
            if (task.NotBefore is not null)
                _due.Add(node);
        }
    }

    /// <summary>Takes it out, while its task is still the one that it came with.</summary>
    public void Remove(TaskNode node)
    {
        if (node.Class is not { } own)
            return;
        node.Class = null;
        if (!own.Nodes.Remove(node) && own.Later.Remove(node))
            _blocked.Remove(node);
        if (node.Known!.NotBefore is not null && !_due.Remove(node))
            _early.Remove(node);
        if (own.Count == 0 && own != _plain)
            Drop(own);
    }

    /// <summary>
    /// What the agent may take at a time, by priority, then age, then document order; tags, files and its limit are not looked at. Not to
    /// be enumerated on after a change.
    /// </summary>
    public IEnumerable<TaskNode> For(AgentView agent, ReadyQuery query, DateTimeOffset now)
    {
        MoveTo(now.UtcTicks);
        List<ReadyClass>? fitting = null;
        ReadyClass? only = null;
        Look(_forAnybody);
        if (_byName.Count > 0)
        {
            if (_byName.TryGetValue(NameOf(agent.Name, isAssignee: false, isPerson: false), out var allowed))
                Look(allowed);
            if (_byName.TryGetValue(NameOf(agent.Name, isAssignee: true, agent.Worker.IsPerson), out var assigned))
                Look(assigned);
        }
        return fitting is not null ? TaskOrder.Merge(fitting.Select(each => each.Nodes)) : only is not null ? only.Nodes : [];

        void Look(List<ReadyClass> classes)
        {
            foreach (var each in classes)
            {
                if (each.Nodes.Count == 0 || !each.Fits(agent, query))
                    continue;
                if (only is null)
                    only = each;
                else
                    (fitting ??= [only]).Add(each);
            }
        }
    }

    /// <summary>
    /// What nobody has at a time, neither by claim nor by assignment, by priority, then age, then document order; blocks are not looked at.
    /// More may be among it: each is to be judged. Not to be enumerated on after a change.
    /// </summary>
    /// <param name="isMeant">Whether a class is asked for, by what its tasks have in common.</param>
    /// <param name="now">The time.</param>
    public IEnumerable<TaskNode> Unassigned(Func<AgentTask, bool> isMeant, DateTimeOffset now)
    {
        MoveTo(now.UtcTicks);
        var sets = _classes.Values.Where(each => each.Nodes.Count > 0 && each.First.Assignee is null && isMeant(each.First))
            .Select(each => each.Nodes);
        return TaskOrder.Merge(_blocked.Count == 0 ? sets : sets.Append(_blocked));
    }

    // Time goes on, and back where somebody sets a clock.
    private void MoveTo(long now)
    {
        while (_early.Min is { } next && TimeOrder.ByNotBefore.Of(next) <= now)
        {
            _early.Remove(next);
            _due.Add(next);
            next.Class!.Later.Remove(next);
            next.Class.Nodes.Add(next);
        }
        while (now < _now && _due.Min is { } last && TimeOrder.ByNotBefore.Of(last) > now)
        {
            _due.Remove(last);
            _early.Add(last);
            last.Class!.Nodes.Remove(last);
            last.Class.Later.Add(last);
        }
        _now = now;
    }

    private ReadyClass ClassOf(AgentTask task)
    {
        var key = ReadyClass.KeyOf(task);
        if (_classes.TryGetValue(key, out var found))
            return found;
        _classes.Add(key, found = new ReadyClass(key, task));
        foreach (var list in ListsOf(found))
            list.Add(found);
        return found;
    }

    // Names come and go; what nobody asks for any more is kept no longer.
    private void Drop(ReadyClass one)
    {
        _classes.Remove(one.Key);
        foreach (var list in ListsOf(one))
            list.Remove(one);
        foreach (var name in NamesOf(one.First).Where(name => _byName[name].Count == 0).ToList())
            _byName.Remove(name);
    }

    private List<List<ReadyClass>> ListsOf(ReadyClass one)
    {
        var lists = new List<List<ReadyClass>>();
        foreach (var name in NamesOf(one.First))
        {
            if (!_byName.TryGetValue(name, out var list))
                _byName.Add(name, list = []);
            lists.Add(list);
        }
        if (lists.Count == 0)
            lists.Add(_forAnybody);
        return lists;
    }

    // For whom a task is; nobody: for anybody.
    private static IEnumerable<string> NamesOf(AgentTask task) =>
        task.Assignee is { } assignee ? [NameOf(assignee.Name, isAssignee: true, Person.Is(assignee.Type))]
        : task.AllowedAgents.Distinct(StringComparer.Ordinal).Select(name => NameOf(name, isAssignee: false, isPerson: false));

    private static string NameOf(string name, bool isAssignee, bool isPerson) => (!isAssignee ? 'o' : isPerson ? 'h' : 'a') + name;
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Tests.Tasks;

/// <summary>The verbs as simply as they can be said: a dictionary, no draft, every question answered by looking at everything.</summary>
internal sealed class VerbModel
{
    private readonly Dictionary<string, (string? Owner, AgentTaskStatus Status, string[] Dependencies)> _tasks = [];

    public string Run(VerbAct act) => act.Verb switch
    {
        "define" => Each(act, id => Define(id, act.Dependencies)),
        "edit" => Each(act, id => Edit(id, act.Dependencies, act.Status)),
        "remove" => Remove(act.Ids, act.Force),
        "assign" => Batch(act, act.Who, owner => owner is null || act.Force ? null : "TaskAlreadyAssigned"),
        _ => Batch(act, null, owner => owner == act.Who || act.Force ? null : "NotOwner"),
    };

    public string Show() => Show(_tasks.Select(task => (task.Key, task.Value.Owner, task.Value.Status, task.Value.Dependencies)));

    public static string Show(IEnumerable<AgentTask> tasks) =>
        Show(tasks.Select(task => (task.Id, task.Assignee?.Name, task.Status, task.Dependencies.ToArray())));

    private static string Show(IEnumerable<(string Id, string? Owner, AgentTaskStatus Status, string[] Dependencies)> tasks) =>
        string.Join("; ", tasks.OrderBy(task => task.Id)
            .Select(task => $"{task.Id} {task.Owner} {task.Status} [{string.Join(",", task.Dependencies)}]"));

    private static string Each(VerbAct act, Func<string, string> run) => string.Join(" ", act.Ids.Select(id => $"{id}={run(id)}").ToList());

    private string Define(string id, string[] dependencies)
    {
        if (_tasks.ContainsKey(id))
            return "TaskAlreadyDefined";
        _tasks.Add(id, (null, AgentTaskStatus.Todo, dependencies));
        return Undo(Reaches(id, id, []), () => _tasks.Remove(id));
    }

    private string Edit(string id, string[] dependencies, AgentTaskStatus status)
    {
        if (!_tasks.TryGetValue(id, out var old))
            return "TaskNotFound";
        if (old.Status == status && old.Dependencies.SequenceEqual(dependencies))
            return "Same";
        _tasks[id] = (old.Owner, status, dependencies);
        return Undo(Reaches(id, id, []), () => _tasks[id] = old);
    }

    private static string Undo(bool circle, Action undo)
    {
        if (!circle)
            return "Changed";
        undo();
        return "DependencyCycle";
    }

    private string Remove(string[] ids, bool force)
    {
        var going = ids.Where(_tasks.ContainsKey).ToHashSet();
        var known = going.ToHashSet();
        while (!force
            && going.FirstOrDefault(id => _tasks.Any(task => !going.Contains(task.Key)
                && task.Value.Dependencies.Contains(id))) is { } needed)
            going.Remove(needed);
        foreach (var id in going)
            _tasks.Remove(id);
        return string.Join(" ",
            ids.Select(id => $"{id}={(going.Contains(id) ? "Changed" : known.Contains(id) ? "TaskHasDependents" : "TaskNotFound")}"));
    }

    private string Batch(VerbAct act, string? owner, Func<string?, string?> refuse)
    {
        var words = act.Ids.Distinct().ToDictionary(id => id, id =>
            !_tasks.TryGetValue(id, out var task) ? "TaskNotFound" : task.Owner == owner ? "Same" : refuse(task.Owner) ?? "Changed");
        var refused = words.Values.Any(word => word is not ("Same" or "Changed"));
        foreach (var id in words.Where(word => word.Value == "Changed").Select(word => word.Key).ToList())
        {
            if (refused && !act.SkipConflict)
                words[id] = "BatchRefused";
            else
                _tasks[id] = (owner, _tasks[id].Status, _tasks[id].Dependencies);
        }
        var success = !refused || (act.SkipConflict && words.Values.Any(word => word is "Same" or "Changed"));
        return $"{success}: {string.Join(" ", words.OrderBy(word => word.Key).Select(word => $"{word.Key}={word.Value}"))}";
    }

    private bool Reaches(string from, string to, HashSet<string> seen) =>
        _tasks.TryGetValue(from, out var task) && task.Dependencies.Any(next => next == to || (seen.Add(next) && Reaches(next, to, seen)));
}

using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>Parents and children as they would be after an import.</summary>
internal sealed class PlannedFamilies
{
    private readonly TaskDraft _draft;
    private readonly Dictionary<string, string?> _parents = new(StringComparer.Ordinal); // of what comes or changes
    private readonly HashSet<string> _added = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _children = new(StringComparer.Ordinal);

    /// <param name="draft">The others.</param>
    /// <param name="added">What comes.</param>
    /// <param name="edits">What changes.</param>
    public PlannedFamilies(TaskDraft draft, IEnumerable<PlannedTask> added, IEnumerable<TaskEdit> edits)
    {
        _draft = draft;
        foreach (var planned in added)
        {
            _added.Add(planned.Task.Id);
            _parents[planned.Task.Id] = planned.Task.Parent;
        }
        foreach (var edit in edits.Where(edit => edit.Parent is not null))
            _parents[edit.Id] = edit.Parent!.Length == 0 ? null : edit.Parent;
        foreach (var (child, parent) in _parents.Select(pair => (pair.Key, pair.Value)))
        {
            if (parent is null)
                continue;
            if (!_children.TryGetValue(parent, out var children))
                _children.Add(parent, children = []);
            children.Add(child);
        }
    }

    /// <summary>Whether the id is, or will be, that of a task.</summary>
    public bool IsTask(string id) => _added.Contains(id) || Known(id) is not null;

    /// <summary>The children that a task will have.</summary>
    public IReadOnlyList<string> ChildrenOf(string id)
    {
        var known = _draft.ChildrenOf(id).Where(child => !_parents.ContainsKey(child));
        return _children.TryGetValue(id, out var children) ? [.. known, .. children] : known.ToList();
    }

    /// <summary>How many levels there will be down to a task, itself counted; no more than one too many.</summary>
    public int LevelOf(string id)
    {
        var level = 1;
        for (var at = ParentOf(id); level <= TaskLife.MostLevels && at is not null && IsTask(at); at = ParentOf(at))
            level++;
        return level;
    }

    /// <summary>Why a task cannot be a child of another as things stand there; null if it can.</summary>
    public Refusal? RefuseClosed(string id, string parent, bool isOpen) =>
        isOpen && !_added.Contains(parent) && Known(parent) is { Status: AgentTaskStatus.Done or AgentTaskStatus.Cancelled } above
            ? TaskRefusals.ClosedParent(id, above) : null;

    /// <summary>Why those that get a parent cannot have it: there would be too many levels. To be asked where there is no circle.</summary>
    public IEnumerable<Refusal> RefuseDepth() => _parents
        .Where(pair => pair.Value is not null && LevelOf(pair.Key) + LevelsBelow(pair.Key) > TaskLife.MostLevels)
        .Select(pair => TaskRefusals.TooDeep(pair.Key, pair.Value!));

    private AgentTask? Known(string id) => _draft.Find(id) ?? _draft.FindArchived(id)?.Task;

    private string? ParentOf(string id) => _parents.TryGetValue(id, out var parent) ? parent : _draft.Find(id)?.Parent;

    // No more than one too many: a circle ends there, too.
    private int LevelsBelow(string id)
    {
        var (levels, wave) = (0, ChildrenOf(id).ToList());
        for (; wave.Count > 0 && levels <= TaskLife.MostLevels; levels++)
            wave = wave.SelectMany(ChildrenOf).ToList();
        return levels;
    }
}

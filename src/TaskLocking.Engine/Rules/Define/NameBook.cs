using System;
using System.Collections.Generic;
using TaskLocking.Characters;

namespace TaskLocking.Rules;

/// <summary>The swarms and tags of all tasks, kept up to date change by change: <see cref="Set"/>.</summary>
internal sealed class NameBook
{
    private readonly Dictionary<string, NamedTask> _tasks = new(StringComparer.Ordinal);

    public NameBook()
    {
    }

    /// <param name="tasks">Each id once.</param>
    public NameBook(IEnumerable<AgentTask> tasks)
    {
        foreach (var task in tasks)
            Set(task.Id, task.Swarm, task.Tags);
    }

    public NameCounts Swarms { get; } = new();

    public NameCounts Tags { get; } = new();

    /// <summary>Makes the book know the task as it is now; one that is gone has no names.</summary>
    public void Set(string id, string? swarm, IReadOnlyList<string> tags)
    {
        if (_tasks.TryGetValue(id, out var before))
        {
            if (before.Swarm is not null)
                Swarms.Remove(before.Swarm);
            foreach (var tag in before.Tags)
                Tags.Remove(tag);
            _tasks.Remove(id);
        }
        if (swarm is null && tags.Count == 0)
            return;
        if (swarm is not null)
            Swarms.Add(swarm);
        foreach (var tag in tags)
            Tags.Add(tag);
        _tasks.Add(id, new NamedTask(swarm, tags));
    }
}

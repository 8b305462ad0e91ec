using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Ready;

/// <summary>What comes first: by urgency and age for the queue, by the place in the document for the rest.</summary>
internal sealed class TaskOrder : IComparer<TaskNode>
{
    private readonly bool _byUrgency;

    private TaskOrder(bool byUrgency) => _byUrgency = byUrgency;

    /// <summary>Priority, then age with those that do not tell it last, then the document.</summary>
    public static TaskOrder ByUrgency { get; } = new(true);

    /// <summary>The document; what is no task comes first.</summary>
    public static TaskOrder ByPlace { get; } = new(false);

    /// <summary>What several sets have, each in the order of urgency, in that order.</summary>
    public static IEnumerable<TaskNode> Merge(IEnumerable<SortedSet<TaskNode>> sets)
    {
        var heads = new List<IEnumerator<TaskNode>>();
        foreach (var set in sets)
        {
            var nodes = set.GetEnumerator();
            if (nodes.MoveNext())
                heads.Add(nodes);
        }
        while (heads.Count > 0)
        {
            var first = 0;
            for (var i = 1; i < heads.Count; i++)
            {
                if (ByUrgency.Compare(heads[i].Current, heads[first].Current) < 0)
                    first = i;
            }
            yield return heads[first].Current;
            if (!heads[first].MoveNext())
                heads.RemoveAt(first);
        }
    }

    public int Compare(TaskNode? x, TaskNode? y)
    {
        if (ReferenceEquals(x, y))
            return 0;
        if (_byUrgency && x!.Known is not null && y!.Known is not null)
        {
            if (x.Priority != y.Priority)
                return x.Priority > y.Priority ? -1 : 1;
            if (x.Age != y.Age)
                return x.Age < y.Age ? -1 : 1;
        }
        return x!.Place != y!.Place ? x.Place.CompareTo(y.Place) : string.CompareOrdinal(x.Id, y.Id);
    }

    /// <summary>Since when a task is there, in ticks; the end of time where it does not tell.</summary>
    /// <remarks>
    /// A time without an offset counts from the earliest moment that it can mean: nobody may wait for ever behind those who tell theirs.
    /// </remarks>
    public static long Age(AgentTask task) => task.Created is not { } created ? long.MaxValue
        : task.Foreign.IsCreatedNaive ? Timestamp.Earliest(created).UtcTicks
        : created.UtcTicks;
}

using System;
using System.Collections.Generic;
using TaskLocking.Storage;
using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

/// <summary>What comes first: by urgency and age for the queue, by the place in the document for the rest.</summary>
internal sealed class TaskOrder : IComparer<TaskNode>
{
    private readonly bool _byUrgency;

    private TaskOrder(bool byUrgency) => _byUrgency = byUrgency;

    /// <summary>Priority, then age with those that do not tell it last, then the document.</summary>
    public static TaskOrder ByUrgency { get; } = new(true);

    /// <summary>The document; what is no task comes first.</summary>
    public static TaskOrder ByPlace { get; } = new(false);

    public int Compare(TaskNode? x, TaskNode? y)
    {
        if (ReferenceEquals(x, y))
            return 0;
        var (a, b) = (x!.Task, y!.Task);
        if (_byUrgency && a is not null && b is not null)
        {
            if (a.Priority != b.Priority)
                return a.Priority > b.Priority ? -1 : 1;
            var (old, young) = (Age(a), Age(b));
            if (old != young)
                return old < young ? -1 : 1;
        }
        var places = (a?.Entry?.Place ?? 0).CompareTo(b?.Entry?.Place ?? 0);
        return places != 0 ? places : string.CompareOrdinal(x.Id, y.Id);
    }

    // A time without an offset counts from the earliest moment that it can mean: nobody may wait for ever behind those who tell theirs.
    private static long Age(AgentTask task) => task.Created is not { } created ? long.MaxValue
        : task.Foreign.IsCreatedNaive ? Timestamp.Earliest(created).UtcTicks
        : created.UtcTicks;
}

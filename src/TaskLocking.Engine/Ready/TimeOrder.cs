using System.Collections.Generic;

namespace TaskLocking.Ready;

/// <summary>What comes first by one of its times, in UTC ticks; what has none comes last.</summary>
internal sealed class TimeOrder : IComparer<TaskNode>
{
    private readonly Kind _kind;

    private TimeOrder(Kind kind) => _kind = kind;

    private enum Kind
    {
        Expiry,
        Deadline,
        NotBefore,
        LatestNotBefore,
    }

    /// <summary>When its claim expires.</summary>
    public static TimeOrder ByExpiry { get; } = new(Kind.Expiry);

    /// <summary>When it has run for as long as it may.</summary>
    public static TimeOrder ByDeadline { get; } = new(Kind.Deadline);

    /// <summary>When it may be started.</summary>
    public static TimeOrder ByNotBefore { get; } = new(Kind.NotBefore);

    /// <summary>The same, the latest first.</summary>
    public static TimeOrder ByLatestNotBefore { get; } = new(Kind.LatestNotBefore);

    /// <summary>The last moment at which a running task is not overdue; the end of time where it has no limit.</summary>
    public static long DeadlineOf(AgentTask task)
    {
        if (task is not { Status: AgentTaskStatus.InProgress, StartedAt: { } started, TimeLimit: { } limit })
            return long.MaxValue;
        // A file from elsewhere may have a limit that leads out of the calendar.
        return limit.Ticks > long.MaxValue - started.UtcTicks ? long.MaxValue : started.UtcTicks + limit.Ticks;
    }

    /// <summary>The time of a node.</summary>
    public long Of(TaskNode node) => _kind switch
    {
        Kind.Expiry => node.Step?.Expires ?? node.Known!.Claim?.Expires.UtcTicks ?? long.MaxValue,
        Kind.Deadline => DeadlineOf(node.Known!),
        _ => node.Known!.NotBefore?.UtcTicks ?? long.MaxValue,
    };

    public int Compare(TaskNode? x, TaskNode? y)
    {
        if (ReferenceEquals(x, y))
            return 0;
        var times = Of(x!).CompareTo(Of(y!));
        if (times == 0)
            return TaskOrder.ByPlace.Compare(x, y);
        return _kind == Kind.LatestNotBefore ? -times : times;
    }
}

using System;

namespace TaskLocking;

/// <summary>How far the children of a task are: those right below it, as they were when the task was read.</summary>
public sealed record ChildTally(int Total, int Closed, int Done) : ValueObject
{
    /// <summary>How many there are.</summary>
    public int Total { get; } = Total;

    /// <summary>How many of them the task does not wait for any more: those in Done and Cancelled.</summary>
    public int Closed { get; } = Closed;

    /// <summary>How many of them are done.</summary>
    public int Done { get; } = Done;

    /// <summary>"2 of 3".</summary>
    public override string ToString() => FormattableString.Invariant($"{Closed} of {Total}");
}

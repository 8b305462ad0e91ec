using System;

namespace TaskLocking;

/// <summary>What became of a task that a worker took.</summary>
public sealed record WorkResult : BoardObject
{
    internal WorkResult(AgentTask task, WorkResultKind result, string? reason, TimeSpan duration) =>
        (Task, Result, Reason, Duration) = (task, result, reason, duration);

    private WorkResult(WorkResult other)
        : base(other)
    {
        (Result, Reason, Duration) = (other.Result, other.Reason, other.Duration);
        Task = other.Task with { };
    }

    /// <summary>The task.</summary>
    public string TaskId => Task.Id;

    /// <summary>What became of it.</summary>
    public WorkResultKind Result { get; }

    /// <summary>Why it failed, or was lost; null for what was done or given back.</summary>
    public string? Reason { get; }

    /// <summary>How long the work took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Which attempt it was, from 1.</summary>
    public int Attempt => Math.Max(1, Task.Attempt);

    /// <summary>The task as it was after that; of one that was lost as it was taken.</summary>
    public AgentTask Task { get; private init; }

    /// <summary>The task and what became of it.</summary>
    public override string ToString() => TerminalText.Line(Reason is null ? $"{TaskId} {Result}" : $"{TaskId} {Result}: {Reason}");

    private protected override BoardObject Parts(string workspace) => this with { Task = (AgentTask)Task.In(workspace) };
}

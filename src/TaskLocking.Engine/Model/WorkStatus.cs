using System;

namespace TaskLocking;

/// <summary>Who works on a task, since when and by what claim; or what is the matter with it.</summary>
public sealed record WorkStatus : BoardObject
{
    internal WorkStatus(AgentTask task, WorkState state) => (Task, State) = (task, state);

    private WorkStatus(WorkStatus other)
        : base(other)
    {
        Task = other.Task with { };
        (State, Since, LeaseLeft, IsAlive, Why) = (other.State, other.Since, other.LeaseLeft, other.IsAlive, other.Why);
    }

    /// <summary>How it stands with the task.</summary>
    public WorkState State { get; }

    /// <summary>The task.</summary>
    public string TaskId => Task.Id;

    /// <summary>Its line for people.</summary>
    public string TaskName => Task.Name;

    /// <summary>Who has it, as "type:name"; null if nobody has.</summary>
    public string? Agent => Task.Assignee?.ToString() ?? Task.Claim?.Agent;

    /// <summary>Since when: begun, else claimed, else failed or changed; null where the todo does not tell.</summary>
    public DateTimeOffset? Since { get; internal init; }

    /// <summary>
    /// How long the claim holds by its time, less than zero when that is over; null where there is none. A claim whose process lives on
    /// this host does not end by time.
    /// </summary>
    public TimeSpan? LeaseLeft { get; internal init; }

    /// <summary>Whether the process of the claim lives; null where this host cannot tell, or none is named.</summary>
    public bool? IsAlive { get; internal init; }

    /// <summary>What is the matter, as a part of a sentence; null if nothing is.</summary>
    public string? Why { get; internal init; }

    /// <summary>The task as it is.</summary>
    public AgentTask Task { get; private init; }

    /// <summary>The task and its state.</summary>
    public override string ToString() => TerminalText.Line($"{TaskId} {State}{(Agent is null ? "" : " " + Agent)}");

    private protected override BoardObject Parts(string workspace) => this with { Task = (AgentTask)Task.In(workspace) };
}

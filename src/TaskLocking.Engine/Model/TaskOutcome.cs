using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;

namespace TaskLocking;

/// <summary>What became of one item of a request: the task as it is now, or why not.</summary>
public sealed record TaskOutcome(string Id, AgentTask? Task, Refusal? Refusal, bool Changed) : BoardObject
{
    /// <summary>The task that was named.</summary>
    public string Id { get; } = Id;

    /// <summary>The task after the change (for a removal, as it was last); null when refused.</summary>
    public AgentTask? Task { get; private init; } = Task;

    /// <summary>Why it was refused; null on success.</summary>
    public Refusal? Refusal { get; } = Refusal;

    /// <summary>False when everything was already so.</summary>
    public bool Changed { get; } = Changed;

    // As a task's: a copy is for a shell, which hangs members of its own on an object.
    private TaskOutcome(TaskOutcome other)
        : base(other)
    {
        (Id, Refusal, Changed) = (other.Id, other.Refusal, other.Changed);
        Task = other.Task is null ? null : other.Task with { };
        Previous = other.Previous is null ? null : other.Previous with { };
        MissingDependencies = FixedList<string>.Apart(other.MissingDependencies);
        Overlaps = FixedList<FileConflict>.Of(other.Overlaps.Select(overlap => overlap with { }));
    }

    private protected override BoardObject Parts(string workspace) => this with
    {
        Task = (AgentTask?)Task?.In(workspace),
        Previous = (AgentTask?)Previous?.In(workspace),
    };

    /// <summary>The task before the change; null for a define and for a refusal.</summary>
    public AgentTask? Previous { get; internal init; }

    /// <summary>Ids that it has been given as dependencies and that no task has; it is not ready before they are there and done.</summary>
    public IReadOnlyList<string> MissingDependencies { get; internal init => field = FixedList<string>.Of(value); } = [];

    /// <summary>Files of a claimed task that somebody else has; only with <see cref="FileOverlap.Warn"/>.</summary>
    public IReadOnlyList<FileConflict> Overlaps { get; internal init => field = FixedList<FileConflict>.Of(value); } = [];
}

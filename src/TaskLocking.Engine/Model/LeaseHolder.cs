using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>Who takes a lease, and by which process it shall be judged.</summary>
/// <param name="Agent">The name; compared ordinally.</param>
public sealed record LeaseHolder(string Agent)
{
    /// <summary>The host of the process; null where none is named.</summary>
    public string? Host { get; init; }

    /// <summary>A process that lives as long as the work, never a one-shot command; null: time alone judges.</summary>
    public int? Pid { get; init; }

    /// <summary>When the process started, as <see cref="ProcessLiveness.StartOf"/> tells it.</summary>
    public string? ProcessStart { get; init; }

    /// <summary>"human" for a person; null: what the name is registered as, else an agent.</summary>
    public string? Type { get; init; }

    /// <summary>
    /// The processes of this host that ask: what a living process has under this name is theirs only if they are that process or were
    /// started below it. None: the name alone decides.
    /// </summary>
    public IReadOnlyList<int> Callers { get; init => field = FixedList<int>.Of(value); } = [];
}

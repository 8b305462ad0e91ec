using System;
using System.Collections.Generic;
using TaskLocking.Diagnostics;
using TaskLocking.Leases;

namespace TaskLocking.Tasks;

/// <summary>What became of one item of a request: the task as it is now, or why not.</summary>
/// <param name="Id">The task that was named.</param>
/// <param name="Task">The task after the change (for a removal, as it was last); null when refused.</param>
/// <param name="Refusal">Why it was refused; null on success.</param>
/// <param name="Changed">False when everything was already so.</param>
public sealed record TaskOutcome(string Id, AgentTask? Task, Refusal? Refusal, bool Changed)
{
    /// <summary>The task before the change; null for a define and for a refusal.</summary>
    public AgentTask? Previous { get; init; }

    /// <summary>Files of a claimed task that somebody else has; only with <see cref="FileOverlap.Warn"/>.</summary>
    public IReadOnlyList<FileConflict> Overlaps { get; init; } = Array.Empty<FileConflict>();
}

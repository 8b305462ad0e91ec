using System.Collections.Generic;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>The answer to a <see cref="TaskRequest"/>.</summary>
/// <param name="Task">The task with its claim; null when nothing is free for this agent, which is no error.</param>
/// <param name="Nothing">Why there is none, in a sentence; null when there is one.</param>
/// <param name="Overlaps">Files of the task that somebody else has; only with <see cref="FileOverlap.Warn"/>.</param>
public sealed record TaskRequestAnswer(AgentTask? Task, string? Nothing, IReadOnlyList<FileConflict> Overlaps);

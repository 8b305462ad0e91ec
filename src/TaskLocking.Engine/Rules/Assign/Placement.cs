using System.Collections.Generic;

namespace TaskLocking.Rules;

/// <summary>One step of a nightly run.</summary>
/// <param name="Assigned">What was assigned; null when nothing fits any more.</param>
/// <param name="Skipped">Then: the ready tasks that stay where they are, with the reason.</param>
internal sealed record Placement(PlannedAssignment? Assigned, IReadOnlyList<SkippedTask> Skipped);

using System.Collections.Generic;

namespace TaskLocking.Model;

/// <summary>A part of an archive that was written and counts as soon as a commit says so.</summary>
internal sealed record WrittenArchive(ArchiveSegment Segment, IReadOnlyList<AgentTask> Tasks);

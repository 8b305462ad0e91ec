namespace TaskLocking.Model;

/// <summary>A task of the archive, and the part that it is in.</summary>
internal sealed record ArchivedTask(AgentTask Task, ArchiveSegment Segment);

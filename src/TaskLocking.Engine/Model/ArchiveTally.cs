namespace TaskLocking.Model;

/// <summary>So many archived tasks of one swarm and status: they count in the progress of their swarm as they did before.</summary>
/// <param name="Swarm">Null: of none.</param>
/// <param name="Status">Done or Cancelled.</param>
/// <param name="Count">At least 1.</param>
internal sealed record ArchiveTally(string? Swarm, AgentTaskStatus Status, int Count)
{
    public string? Swarm { get; } = Swarm;

    public AgentTaskStatus Status { get; } = Status;

    public int Count { get; } = Count;
}

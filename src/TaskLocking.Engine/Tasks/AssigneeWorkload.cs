namespace TaskLocking.Tasks;

/// <summary>How much somebody has.</summary>
/// <param name="Type">"agent", "human" or "host".</param>
/// <param name="Name">The name.</param>
/// <param name="Open">Assigned tasks that are not done, cancelled or failed.</param>
/// <param name="InProgress">Those of them in progress.</param>
/// <param name="Total">All assigned tasks.</param>
public sealed record AssigneeWorkload(string Type, string Name, int Open, int InProgress, int Total);

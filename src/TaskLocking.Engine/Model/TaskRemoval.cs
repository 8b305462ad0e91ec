namespace TaskLocking.Tasks;

/// <summary>A task to remove.</summary>
/// <param name="Id">The task.</param>
/// <param name="Force">Remove it although others depend on it.</param>
/// <param name="IfVersion">Refuse unless the task still has this version.</param>
public sealed record TaskRemoval(string Id, bool Force = false, long? IfVersion = null);

namespace TaskLocking.Leases;

/// <summary>A path that was asked for and the lease that stands in its way.</summary>
/// <param name="Path">As asked for, relative to the workspace.</param>
/// <param name="Lease">Somebody else's lease that overlaps it.</param>
public sealed record FileConflict(string Path, FileLease Lease);

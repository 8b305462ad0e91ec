using System.Collections.Generic;

namespace TaskLocking.Leases;

/// <summary>Whether a path could be taken now.</summary>
/// <param name="Path">Relative to the workspace.</param>
/// <param name="IsFree">Nobody else's lease stands in the way.</param>
/// <param name="Conflicts">The leases that do.</param>
public sealed record FileTestResult(string Path, bool IsFree, IReadOnlyList<FileLease> Conflicts);

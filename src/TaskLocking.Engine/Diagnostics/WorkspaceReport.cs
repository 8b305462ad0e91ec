using System.Collections.Generic;

namespace TaskLocking.Diagnostics;

/// <summary>The self-test of a workspace.</summary>
/// <param name="Workspace">Full path.</param>
/// <param name="Mount">The mount point, if the system tells.</param>
/// <param name="FileSystem">Its type as the system names it ("ext4", "nfs4"), if it tells.</param>
/// <param name="Passed">Every item passed.</param>
/// <param name="Items">What was tried.</param>
public sealed record WorkspaceReport(string Workspace, string? Mount, string? FileSystem, bool Passed, IReadOnlyList<WorkspaceCheckItem> Items);

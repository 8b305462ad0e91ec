using System;
using System.Collections.Generic;

namespace TaskLocking.Leases;

/// <summary>Paths as leases keep them: relative to the workspace, '/' between the parts, compared as its file system does.</summary>
internal sealed class FilePaths(string workspace)
{
    /// <summary>How the workspace's file system compares names.</summary>
    public StringComparison Comparison => workspace.Length > 0 ? throw new NotSupportedException() : StringComparison.Ordinal;

    /// <summary>The canonical forms, in order.</summary>
    /// <exception cref="Diagnostics.TaskLockingException">InvalidArgument.</exception>
    public IReadOnlyList<string> Normalize(IReadOnlyList<string> paths) => throw new NotSupportedException();
}

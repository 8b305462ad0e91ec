using System;
using System.Diagnostics;
using System.Threading;

namespace TaskLocking.Diagnostics;

/// <summary>The self-test of a workspace on its actual mount. Works in a scratch folder beside the store and removes it.</summary>
public static class WorkspaceCheck
{
    /// <summary>Runs all tests.</summary>
    /// <param name="workspace">The canonical full path.</param>
    /// <param name="holder">Makes the start of a second process that opens the given file with <c>FileShare.None</c>, writes the line
    /// "locked" to its standard output and holds on until its standard input ends. Each face has one.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static WorkspaceReport Run(string workspace, Func<string, ProcessStartInfo> holder, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException(workspace);
}

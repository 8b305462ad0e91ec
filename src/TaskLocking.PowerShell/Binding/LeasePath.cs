using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using TaskLocking.Diagnostics;
using TaskLocking.Leases;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// The paths of leases as a session means them: relative to its location. Wildcards are not expanded, for a pattern is a lease on all that
/// it will ever match. What a lease or a test result tells is relative to the workspace instead.
/// </summary>
internal static class LeasePath
{
    private static readonly char[] PatternCharacters = ['*', '?'];

    /// <summary>Full paths and patterns.</summary>
    public static IEnumerable<string> Patterns(PSCmdlet cmdlet, PSObject? piped, string workspace, IEnumerable<string> paths) =>
        piped?.BaseObject is FileLease or FileTestResult
            ? paths.Select(path => Path.Combine(workspace, path))
            : paths.Select(path => SessionPath.Literal(cmdlet, path));

    /// <summary>Full paths of single files.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument for a name that could only be leased as a pattern.</exception>
    public static IEnumerable<string> Literals(PSCmdlet cmdlet, IEnumerable<string> paths) => paths.Select(path =>
        path.IndexOfAny(PatternCharacters, PathStart(path)) < 0
            ? SessionPath.Literal(cmdlet, path)
            : throw new TaskLockingException(new Refusal(RefusalCode.InvalidArgument,
                $"'{path}' has a character of a pattern, which a lease on a single file cannot have. Use -Path for a pattern, for example -Path 'src/*.cs'.",
                Path: path)));

    // "\\?\" begins long paths of Windows.
    private static int PathStart(string path) => path.StartsWith(@"\\?\", System.StringComparison.Ordinal) ? 4 : 0;
}

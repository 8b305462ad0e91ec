using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;

namespace TaskLocking.PowerShell.Binding;

/// <summary>
/// The paths of leases as a session means them: relative to its location. Wildcards are not expanded, for a pattern is a lease on all that
/// it will ever match. What a lease or a test result tells is relative to the workspace instead.
/// </summary>
internal static class LeasePath
{
    /// <summary>Full paths and patterns.</summary>
    public static IEnumerable<string> Patterns(PSCmdlet cmdlet, PSObject? piped, string workspace, IEnumerable<string> paths) =>
        Leased(piped) is { } lease
            ? paths.Select(path => Path.Combine(workspace, path == lease.Path ? lease.Pattern : path))
            : paths.Select(path => Pattern(cmdlet, path));

    /// <summary>A full path or pattern.</summary>
    public static string Pattern(PSCmdlet cmdlet, string path) => SessionPath.Literal(cmdlet, WithoutBackticks(path));

    /// <summary>Full paths of single files.</summary>
    public static IEnumerable<string> Literals(PSCmdlet cmdlet, IEnumerable<string> paths) =>
        paths.Select(path => CallerPath.Literal(SessionPath.Literal(cmdlet, path)));

    // A letter behind a backtick is one of the name; the engine has it in brackets, and needs none around ']'.
    private static string WithoutBackticks(string path)
    {
        if (path.IndexOf('`') < 0)
            return path;
        var pattern = new StringBuilder(path.Length + 8);
        for (var at = 0; at < path.Length; at++)
        {
            var isEscaped = path[at] == '`' && at + 1 < path.Length && path[at + 1] is '*' or '?' or '[' or ']';
            if (isEscaped)
                at++;
            if (isEscaped && path[at] != ']')
                pattern.Append('[').Append(path[at]).Append(']');
            else
                pattern.Append(path[at]);
        }
        return pattern.ToString();
    }

    // What was a lease or a test result before it went through a job, JSON or CSV still has its members.
    private static (string Path, string Pattern)? Leased(PSObject? piped) => piped?.BaseObject switch
    {
        null or string => null,
        FileLease lease => (lease.Path, lease.Pattern),
        FileTestResult result => (result.Path, result.Pattern),
        _ when Text(piped, nameof(FileLease.Workspace)) is not null && Text(piped, nameof(FileLease.Pattern)) is { } pattern
            && Text(piped, nameof(FileLease.Path)) is { } path => (path, pattern),
        _ => null,
    };

    private static string? Text(PSObject piped, string member) => PipedValue.Plain(piped.Properties[member]?.Value) as string;
}

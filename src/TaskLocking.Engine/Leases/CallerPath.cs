using System;
using System.IO;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>What a caller writes for a path, made ready for a request, which takes paths relative to the workspace or absolute.</summary>
public static class CallerPath
{
    /// <summary>Relative to where the caller is. What is no path at all stays as it is, for the request to refuse.</summary>
    /// <param name="location">Gives a full path; asked only where the path is relative.</param>
    /// <param name="path">A path or pattern.</param>
    public static string From(Func<string> location, string path) =>
        TaskFields.Path(path) is not null || WorkspacePath.IsUri(path) || Path.IsPathRooted(path) ? path
            : location().TrimEnd('/') + "/" + path;

    /// <summary>The name of one file, taken as written: no letter in it is one of a pattern.</summary>
    public static string Literal(string path) => PathSyntax.Escape(PathWalk.WithSlashes(path));
}

using System;
using System.IO;
using TaskLocking.Model;
using TaskLocking.Paths;
using TaskLocking.Workspaces;

namespace TaskLocking;

/// <summary>What a caller writes for a path, made ready for a request, which takes paths relative to the workspace or absolute.</summary>
public static class CallerPath
{
    private static readonly bool IsWindows = Path.DirectorySeparatorChar == '\\';

    /// <summary>Relative to where the caller is. What is no path at all stays as it is, for the request to refuse.</summary>
    /// <param name="location">Gives a full path; asked only where the path is relative.</param>
    /// <param name="path">A path or pattern.</param>
    public static string From(Func<string> location, string path) =>
        TaskFields.Path(path) is not null || WorkspacePath.IsUri(path) || IsFull(path) || (IsWindows && WindowsPath.IsOfDrive(path)) ? path
            : IsWindows && WindowsPath.IsOfTop(path) ? Full(location, path)
            : location().TrimEnd('/') + "/" + path;

    /// <summary>The full path of a folder that was named; neither links nor dots are looked at.</summary>
    /// <param name="location">As above.</param>
    /// <param name="path">Absolute or relative to the location; on Windows also from the top of the location's drive.</param>
    /// <exception cref="TaskLockingException">InvalidArgument for a path relative to another place, as "C:x" is on Windows.</exception>
    internal static string Full(Func<string> location, string path)
    {
        if (IsFull(path))
            return path;
        if (IsWindows && WindowsPath.IsOfDrive(path))
            throw new TaskLockingException(RefusalCode.InvalidArgument, WindowsPath.Fault(path)!);
        return IsWindows && WindowsPath.IsOfTop(path) ? Path.Combine(Path.GetPathRoot(location())!, path.TrimStart('/', '\\'))
            : Path.Combine(location(), path);
    }

    private static bool IsFull(string path) =>
        Path.IsPathRooted(path) && !(IsWindows && (WindowsPath.IsOfTop(path) || WindowsPath.IsOfDrive(path)));

    /// <summary>The name of one file, taken as written: no letter in it is one of a pattern.</summary>
    public static string Literal(string path) => PathSyntax.Escape(PathWalk.WithSlashes(path));
}

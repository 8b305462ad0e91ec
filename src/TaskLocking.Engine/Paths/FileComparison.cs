using System;
using TaskLocking.Workspaces;

namespace TaskLocking.Paths;

/// <summary>
/// Whether two canonical paths or patterns may mean one file: by their letters, as the file system compares them, and by the links and
/// worktrees that lie within them at this moment. Made for one request.
/// </summary>
/// <param name="comparison">How the file system compares names.</param>
/// <param name="reach">Looks for links; null: the letters alone count.</param>
internal sealed class FileComparison(StringComparison comparison, IFileReach? reach = null)
{
    private const string Below = "/" + PathSyntax.AnyDepth;

    /// <summary>The letters alone.</summary>
    public static implicit operator FileComparison(StringComparison comparison) => new(comparison);

    /// <summary>Whether a file may meet both.</summary>
    public bool Overlap(string one, string other) => PathOverlap.Exists(one, other, comparison)
        || (reach is not null && (MeetsBehindLinks(one, other) || MeetsBehindLinks(other, one)));

    /// <summary>Whether both are the same path, in whatever spelling.</summary>
    public bool AreSame(string one, string other) => PathOverlap.AreSame(one, other, comparison);

    /// <summary>Whether two plain names are one.</summary>
    public bool IsOneName(string one, string other) => string.Equals(one, other, comparison);

    private bool MeetsBehindLinks(string path, string other)
    {
        foreach (var link in reach!.LinksIn(path))
        {
            if (Meets(path, link, other))
                return true;
        }
        return false;
    }

    // What lies below the target lies below the link, too, under the same names.
    private bool Meets(string path, FileLink link, string other)
    {
        if (link.Target.Length == 0 ? !other.StartsWith("..", StringComparison.Ordinal) : IsBelow(other, link.Target))
        {
            var there = link.Target.Length == 0 ? link.Path + "/" + other : link.Path + other.Remove(0, link.Target.Length);
            return PathOverlap.Exists(path, there, comparison);
        }
        return PathOverlap.Exists(path, link.IsFolder ? link.Path + Below : link.Path, comparison)
            && PathOverlap.Exists(other, link.IsFolder ? link.Target + Below : link.Target, comparison);
    }

    private bool IsBelow(string path, string folder) =>
        path.StartsWith(folder, comparison) && (path.Length == folder.Length || path[folder.Length] == '/');
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;
using TaskLocking.Repositories;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Paths as leases keep them: relative to the workspace with '/' between the parts, links of what exists resolved, "../x" for what lies
/// outside; on Windows "D:/x" for what lies on another drive. A folder (it exists, or a separator ends it) is "folder/**". A name that
/// exists is that name, whatever letters it has; else it may be a pattern, of which the parts before the first wildcard are resolved and
/// the rest is kept. Looks at the file system; writes nothing.
/// </summary>
internal sealed class FilePaths(string workspace)
{
    private static readonly bool IsWindows = Path.DirectorySeparatorChar == '\\';

    private StringComparison? _comparison;

    /// <summary>How the workspace's file system compares names; asked once, at the workspace itself.</summary>
    public StringComparison Comparison => _comparison ??= IgnoresCase() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The canonical forms in order, each once.</summary>
    /// <param name="paths">As users write them, relative to the workspace or absolute.</param>
    /// <param name="isKnown">They name leases that are there: what is not understood is a name.</param>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public IReadOnlyList<string> Normalize(IReadOnlyList<string> paths, bool isKnown = false)
    {
        var canonical = new List<string>(paths.Count);
        foreach (var path in paths)
        {
            var one = Normalize(path, isKnown, out var fault)
                ?? throw new TaskLockingException(new Refusal(RefusalCode.InvalidArgument, fault!) { Path = path });
            if (!canonical.Contains(one))
                canonical.Add(one);
        }
        return canonical;
    }

    /// <summary>The same without an exception: null, and what is wrong with the first path that cannot be one.</summary>
    public IReadOnlyList<string>? TryNormalize(IReadOnlyList<string> paths, out string? fault)
    {
        fault = null;
        var canonical = new List<string>(paths.Count);
        foreach (var path in paths)
        {
            if (Normalize(path, isKnown: false, out fault) is not { } one)
                return null;
            canonical.Add(one);
        }
        return canonical.Distinct(StringComparer.Ordinal).ToList();
    }

    private string? Normalize(string? path, bool isKnown, out string? fault)
    {
        fault = TaskFields.Path(path);
        if (fault is null && WorkspacePath.IsUri(path!))
            fault = $"'{path}' is no path of a file. Write it relative to the workspace, for example src/app.cs.";
        if (fault is not null)
            return null;
        var walk = new PathWalk(workspace, PathWalk.WithSlashes(path!));
        fault = isKnown ? null : walk.Fault;
        if (fault is not null)
            return null;
        if (walk.Rest.Length == 0)
            return Named(walk.Folder, path!);
        var folder = PathSyntax.Escape(Relative(walk.Folder));
        return Joined(folder, walk.Fault is null ? PathExpansion.Tidy(walk.Rest) : PathSyntax.Escape(walk.Rest));
    }

    private string Named(string full, string text)
    {
        var relative = PathSyntax.Escape(Relative(full));
        // A separator behind the name of a file changes nothing; behind a name that nobody has, it is a folder's.
        var isFolder = relative.Length == 0 || EndsUpward(relative) || Directory.Exists(full)
            || (text[^1] is '/' or '\\' && !File.Exists(full));
        return isFolder ? Joined(relative, PathSyntax.AnyDepth) : relative;
    }

    private string Relative(string full)
    {
        var (from, to) = (Parts(workspace), Parts(GitTree.Shared(full, workspace)));
        if (from.Length == 0 || to.Length == 0 || !string.Equals(from[0], to[0], Comparison))
            return IsWindows ? (full.StartsWith("\\\\", StringComparison.Ordinal) ? "//" : "") + string.Join("/", to)
                : Up(from.Length, to, 0);
        var common = 1;
        while (common < from.Length && common < to.Length && string.Equals(from[common], to[common], Comparison))
            common++;
        return Up(from.Length - common, to, common);
    }

    private static string Up(int levels, string[] to, int common)
    {
        var parts = new List<string>();
        for (var i = 0; i < levels; i++)
            parts.Add("..");
        for (var i = common; i < to.Length; i++)
            parts.Add(to[i]);
        return string.Join("/", parts);
    }

    private static string[] Parts(string full) => full.Split([Path.DirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);

    private static string Joined(string folder, string rest) => folder.Length == 0 ? rest : folder + "/" + rest;

    private static bool EndsUpward(string relative) => relative == ".." || relative.EndsWith("/..", StringComparison.Ordinal);

    // What is there is asked for by another spelling: the same thing, or nothing.
    private bool IgnoresCase()
    {
        foreach (var known in new[] { Path.Combine(workspace, WorkspacePath.StoreFolder), workspace })
        {
            var folder = Path.GetDirectoryName(known);
            var name = Path.GetFileName(known);
            var other = string.Equals(name.ToUpperInvariant(), name, StringComparison.Ordinal) ? name.ToLowerInvariant()
                : name.ToUpperInvariant();
            if (folder is null || string.Equals(other, name, StringComparison.Ordinal) || !Directory.Exists(known))
                continue;
            var spelled = Path.Combine(folder, other);
            if (LibC.IsLinux)
                return FileStamp.Of(spelled) is { } found && FileStamp.Of(known) is { } there && found.IsSameFile(there);
            return Directory.Exists(spelled) && Directory.GetCreationTimeUtc(spelled) == Directory.GetCreationTimeUtc(known);
        }
        return !LibC.IsLinux;
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Paths;

namespace TaskLocking.Workspaces;

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
        var trees = new GitTrees();
        foreach (var path in paths)
        {
            var one = Normalize(path, isKnown, trees, out var fault)
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
        var trees = new GitTrees();
        foreach (var path in paths)
        {
            if (Normalize(path, isKnown: false, trees, out fault) is not { } one)
                return null;
            canonical.Add(one);
        }
        return canonical.Distinct(StringComparer.Ordinal).ToList();
    }

    /// <summary>What a canonical path, or a name within one, is called by now; a name that cannot be one stays.</summary>
    public string Canonical(string path, GitTrees trees) => Normalize(path, isKnown: true, trees, out _) ?? path;

    /// <summary>How paths are compared for one request.</summary>
    public FileComparison Compare() => new(Comparison, new FileReach(this, workspace));

    /// <summary>The working tree of the workspace's repository that paths lie in, relative to the workspace; null for no path.</summary>
    /// <param name="paths">As for <see cref="Normalize(IReadOnlyList{string}, bool)"/>, which has found them good.</param>
    /// <exception cref="TaskLockingException">InvalidArgument: one lies in no such tree, or they lie in several.</exception>
    public string? Worktree(IReadOnlyList<string> paths)
    {
        string? all = null;
        var trees = new GitTrees();
        foreach (var path in paths)
        {
            var full = new PathWalk(workspace, PathWalk.WithSlashes(path)).Folder;
            var top = trees.Top(full, workspace) ?? throw Outside(path,
                $"'{path}' lies in no working tree of the board's repository, so its lease cannot be of one alone: leave the scope out.");
            var tree = Relative(top, trees: null) is { Length: > 0 } relative ? relative : ".";
            if (all is not null && !string.Equals(all, tree, Comparison))
                throw Outside(path, $"'{path}' lies in another working tree than '{paths[0]}': take the leases of one tree at a time.");
            all = tree;
        }
        return all;
    }

    private static TaskLockingException Outside(string path, string sentence) =>
        new(new Refusal(RefusalCode.InvalidArgument, sentence) { Path = path });

    private string? Normalize(string? path, bool isKnown, GitTrees trees, out string? fault)
    {
        fault = TaskFields.Path(path);
        if (fault is null && WorkspacePath.IsUri(path!))
            fault = $"'{path}' is no path of a file. Write it relative to the workspace, for example src/app.cs.";
        if (fault is not null)
            return null;
        // On another system others may have it: here it is no more than a name.
        if (IsWindows && WindowsPath.Fault(path!) is { } strange)
        {
            fault = isKnown ? null : strange;
            return isKnown ? path : null;
        }
        var walk = new PathWalk(workspace, PathWalk.WithSlashes(path!));
        fault = isKnown ? null : walk.Fault;
        if (fault is not null)
            return null;
        if (walk.Rest.Length == 0)
            return Named(walk.Folder, path!, trees);
        var folder = PathSyntax.Escape(Relative(walk.Folder, trees));
        return Joined(folder, walk.Fault is null ? PathExpansion.Tidy(walk.Rest) : PathSyntax.Escape(walk.Rest));
    }

    private string Named(string full, string text, GitTrees trees)
    {
        var relative = PathSyntax.Escape(Relative(full, trees));
        // A separator behind the name of a file changes nothing; behind a name that nobody has, it is a folder's.
        var isFolder = relative.Length == 0 || EndsUpward(relative) || Directory.Exists(full)
            || (text[^1] is '/' or '\\' && !File.Exists(full));
        return isFolder ? Joined(relative, PathSyntax.AnyDepth) : relative;
    }

    private string Relative(string full, GitTrees? trees)
    {
        var (from, to) = (Parts(workspace), Parts(trees?.Shared(full, workspace) ?? full));
        // A drive, a share of a server: nothing leads up from there.
        var top = IsWindows && workspace.StartsWith("\\\\", StringComparison.Ordinal) ? 2 : 1;
        if (from.Length < top || to.Length < top || !IsOneTop(from, to, top))
            return IsWindows ? (full.StartsWith("\\\\", StringComparison.Ordinal) ? "//" : "") + string.Join("/", to)
                : Up(from.Length, to, 0);
        var common = top;
        while (common < from.Length && common < to.Length && string.Equals(from[common], to[common], Comparison))
            common++;
        return Up(from.Length - common, to, common);
    }

    private bool IsOneTop(string[] from, string[] to, int length)
    {
        for (var i = 0; i < length; i++)
        {
            if (!string.Equals(from[i], to[i], IsWindows ? StringComparison.OrdinalIgnoreCase : Comparison))
                return false;
        }
        return true;
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
            if (!LibC.IsMacOS)
                return FileStamp.Of(spelled) is { } found && FileStamp.Of(known) is { } there && found.IsSameFile(there);
            return Directory.Exists(spelled) && Directory.GetCreationTimeUtc(spelled) == Directory.GetCreationTimeUtc(known);
        }
        return !LibC.IsLinux;
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Paths as leases keep them: relative to the workspace with '/' between the parts, links of what exists resolved, "../x" for what lies
/// outside; on Windows "D:/x" for what lies on another drive. A folder (it exists, or a separator ends it) is "folder/**". Of a pattern
/// the parts before the first wildcard are resolved, the rest is kept. Looks at the file system; writes nothing.
/// </summary>
internal sealed class FilePaths(string workspace)
{
    private static readonly bool IsWindows = Path.DirectorySeparatorChar == '\\';

    private StringComparison? _comparison;

    /// <summary>How the workspace's file system compares names; asked once, at the workspace itself.</summary>
    public StringComparison Comparison => _comparison ??= IgnoresCase() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The canonical forms in order, each once.</summary>
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public IReadOnlyList<string> Normalize(IReadOnlyList<string> paths)
    {
        var canonical = new List<string>(paths.Count);
        foreach (var path in paths)
        {
            if (Fault(path) is { } fault)
                throw new TaskLockingException(new Refusal(RefusalCode.InvalidArgument, fault) { Path = path });
            var one = Normalize(path);
            if (!canonical.Contains(one))
                canonical.Add(one);
        }
        return canonical;
    }

    /// <summary>The canonical forms; what is no path stays as it is, for the rule to refuse.</summary>
    public IReadOnlyList<string> Tidy(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            if (Fault(path) is not null)
                return paths;
        }
        return paths.Count == 0 ? paths : Normalize(paths);
    }

    /// <summary>Null, or what is wrong with a path as a sentence with an example that is right.</summary>
    public static string? Fault(string? path)
    {
        if (TaskFields.Label("The path", path, "src/app.cs", TaskFields.MaxPathLength) is { } fault)
            return fault;
        if (WorkspacePath.IsUri(path!))
            return $"'{path}' is no path of a file. Write it relative to the workspace, for example src/app.cs.";
        var isBehindWildcard = false;
        foreach (var part in Slashed(path!).Split('/'))
        {
            if (part.Length > PathOverlap.AnyDepth.Length && part.Contains(PathOverlap.AnyDepth))
                return $"'**' stands for any number of folders, so it is alone between its slashes. Write '{path!.Replace("**", "*")}', or for example src/**/*.cs.";
            if (part == ".." && isBehindWildcard)
                return $"'{path}' goes up from a folder that a wildcard stands for. Write '..' before the wildcards, for example ../docs/*.md.";
            isBehindWildcard |= PathOverlap.IsPattern(part);
        }
        return null;
    }

    private static string Slashed(string path) => IsWindows ? path.Replace('\\', '/') : path;

    private string Normalize(string path)
    {
        var slashed = Slashed(path);
        var isFolder = slashed[slashed.Length - 1] == '/';
        var head = PathOverlap.IsPattern(slashed) ? RawHead(slashed) : slashed;
        var full = PlatformFile.ResolveLinks(Path.GetFullPath(Path.Combine(workspace, head.Length == 0 ? "." : head)));
        var relative = Relative(Slashed(full));
        if (head.Length < slashed.Length)
        {
            var tail = Tail(slashed[head.Length..], isFolder);
            return relative.Length == 0 ? tail : relative + "/" + tail;
        }
        if (!isFolder && relative.Length > 0 && !EndsUpward(relative) && !Directory.Exists(full))
            return relative;
        return relative.Length == 0 ? PathOverlap.AnyDepth : relative + "/" + PathOverlap.AnyDepth;
    }

    private static bool EndsUpward(string relative) => relative == ".." || relative.EndsWith("/..", StringComparison.Ordinal);

    // With the slash, so that the root stays the root.
    private static string RawHead(string pattern) => pattern[..(pattern.LastIndexOf('/', pattern.IndexOfAny(['*', '?'])) + 1)];

    private static string Tail(string tail, bool isFolder)
    {
        var parts = new List<string>();
        foreach (var part in tail.Split('/'))
        {
            // "**/**" is no more than "**".
            if (part is not "" and not "." && (part != PathOverlap.AnyDepth || parts.Count == 0 || parts[parts.Count - 1] != part))
                parts.Add(part);
        }
        if (isFolder && parts[parts.Count - 1] != PathOverlap.AnyDepth)
            parts.Add(PathOverlap.AnyDepth);
        return string.Join("/", parts);
    }

    private string Relative(string full)
    {
        var (from, to) = (Parts(workspace), Parts(full));
        if (from.Length == 0 || to.Length == 0 || !string.Equals(from[0], to[0], Comparison))
            return IsWindows ? (full.StartsWith("//", StringComparison.Ordinal) ? "//" : "") + string.Join("/", to) : Up(from.Length, to, 0);
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

    private static string[] Parts(string full) => Slashed(full).Split(['/'], StringSplitOptions.RemoveEmptyEntries);

    // What is there is asked for by another spelling: the same thing, or nothing.
    private bool IgnoresCase()
    {
        foreach (var known in new[] { Path.Combine(workspace, WorkspacePath.StoreFolder), workspace })
        {
            var folder = Path.GetDirectoryName(known);
            var name = Path.GetFileName(known);
            var other = string.Equals(name.ToUpperInvariant(), name, StringComparison.Ordinal) ? name.ToLowerInvariant() : name.ToUpperInvariant();
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

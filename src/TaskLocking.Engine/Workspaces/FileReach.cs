using System;
using System.Collections.Generic;
using System.IO;
using TaskLocking.Paths;
#if NET
using System.IO.Enumeration;
#endif

namespace TaskLocking.Workspaces;

/// <summary>
/// Where links and worktrees within a path or pattern lead, as the file system has them when it is asked: a link may have come after the
/// lease. Each path is looked at once. A folder is walked as deep as its pattern goes, but not through links, and no further than
/// <see cref="MostEntries"/> names: what lies behind those is not seen.
/// </summary>
internal sealed class FileReach(FilePaths files, string workspace) : IFileReach
{
    /// <summary>So many names of one folder are looked at: some ten milliseconds.</summary>
    public const int MostEntries = 20_000;

    private const string Below = "/" + PathSyntax.AnyDepth;

    private readonly GitTrees _trees = new();
    private readonly Dictionary<string, IReadOnlyList<FileLink>> _links = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<FileLink> LinksIn(string canonical)
    {
        if (_links.TryGetValue(canonical, out var known))
            return known;
        var links = new List<FileLink>();
        var parts = canonical.Split('/');
        var fixedParts = 0;
        while (fixedParts < parts.Length && PathSyntax.Literal(parts[fixedParts]) is not null)
            fixedParts++;
        var head = string.Join("/", parts, 0, fixedParts);
        // What is a link by now was none when the lease was taken.
        if (head.Length > 0)
            Add(links, head);
        if (fixedParts < parts.Length)
            Walk(links, head, canonical.AsSpan().IndexOf(PathSyntax.AnyDepth.AsSpan()) >= 0 || canonical.AsSpan().IndexOf('{') >= 0
                ? int.MaxValue : parts.Length - fixedParts - 1);
        _links.Add(canonical, links);
        return links;
    }

    private void Add(List<FileLink> links, string path)
    {
        var target = files.Canonical(path, _trees);
        var isFolder = target == PathSyntax.AnyDepth || target.EndsWith(Below, StringComparison.Ordinal);
        var name = target == PathSyntax.AnyDepth ? "" : isFolder ? target.Substring(0, target.Length - Below.Length) : target;
        if (!string.Equals(name, path, StringComparison.Ordinal))
            links.Add(new FileLink(path, name, isFolder));
    }

    private void Walk(List<FileLink> links, string head, int depth)
    {
#if NET
        var folder = Path.GetFullPath(Path.Combine(workspace, PathSyntax.Plain(head)));
        if (!Directory.Exists(folder))
            return;
        var left = MostEntries;
        var options = new EnumerationOptions
        {
            AttributesToSkip = FileAttributes.None,
            IgnoreInaccessible = true,
            RecurseSubdirectories = true,
            MaxRecursionDepth = depth,
        };
        var found = new FileSystemEnumerable<string>(folder, static (ref FileSystemEntry entry) => entry.ToFullPath(), options)
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => left > 0 && !IsLink(ref entry) && !IsNobodys(entry.FileName),
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                left-- > 0 && (IsLink(ref entry) || (entry.FileName is ".git" && !entry.IsDirectory)),
        };
        foreach (var full in found)
        {
            var path = Path.GetFileName(full) == ".git" && new FileInfo(full).LinkTarget is null ? Path.GetDirectoryName(full)! : full;
            if (path.Length > folder.Length)
                Add(links, (head.Length == 0 ? "" : head + "/")
                    + PathSyntax.Escape(path[folder.Length..].Trim(Path.DirectorySeparatorChar).Replace(Path.DirectorySeparatorChar, '/')));
        }
#else
        // .NET Standard cannot read a link; see PathWalk.
        _ = (links, head, depth, workspace);
#endif
    }

#if NET
    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    // What git and the store have there is nobody's work.
    private static bool IsNobodys(ReadOnlySpan<char> name) => name is ".git" || name is WorkspacePath.StoreFolder;
#endif
}

using System;
using System.Collections.Generic;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>The working trees of one repository, as git's own files tell them; git is not run.</summary>
internal static class GitWorktrees
{
    private const int Longest = 1 << 16; // in bytes; these files have a path or an id

    /// <summary>The tops of all that are there, without links: that of the tree first.</summary>
    public static IReadOnlyList<string> Of(GitTree tree)
    {
        var tops = new List<string>();
        Add(tree.Top);
        if (tree.Main is { } main && FileFacts.At(Path.Combine(main, ".git")) is not null)
            Add(main);
        var common = PlatformFile.ResolveLinks(tree.GitDirectory);
        // The main tree of a repository whose board is elsewhere.
        if (Path.GetFileName(common) == ".git" && !GitConfig.Read(Path.Combine(common, "config")).IsBare.GetValueOrDefault())
            Add(Path.GetDirectoryName(common)!);
        foreach (var own in Linked(common))
        {
            if (GitFile.Read(Path.Combine(own, "gitdir"), Longest)?.Trim() is { Length: > 0 } dot
                && Path.GetDirectoryName(Path.GetFullPath(Path.Combine(own, dot))) is { } top)
                Add(top);
        }
        return tops;

        void Add(string top)
        {
            if (Directory.Exists(top) && PlatformFile.ResolveLinks(top) is var found && !tops.Contains(found))
                tops.Add(found);
        }
    }

    /// <summary>The objects on which trees stand that have no branch: what stands on one is found by its ref.</summary>
    public static IReadOnlyList<(string Name, string Object)> Heads(string common)
    {
        var heads = new List<(string, string)>();
        Add("HEAD", Path.Combine(common, "HEAD"));
        foreach (var own in Linked(common))
            Add("worktrees/" + Path.GetFileName(own) + "/HEAD", Path.Combine(own, "HEAD"));
        return heads;

        void Add(string name, string file)
        {
            if (GitFile.Read(file, Longest)?.Trim() is { Length: 40 or 64 } id && Array.TrueForAll(id.ToCharArray(), IsHexadecimal))
                heads.Add((name, id));
        }
    }

    private static IEnumerable<string> Linked(string common)
    {
        var folder = Path.Combine(common, "worktrees");
        return Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [];
    }

    private static bool IsHexadecimal(char digit) => digit is (>= '0' and <= '9') or (>= 'a' and <= 'f');
}

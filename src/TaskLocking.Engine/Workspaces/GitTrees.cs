using System;
using System.Collections.Generic;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>
/// The working trees that several paths lie in, each folder looked at once: a thousand paths of one request read the settings of git one
/// time. Not kept for longer, for trees come and go.
/// </summary>
internal sealed class GitTrees
{
    private readonly Dictionary<string, GitTree?> _known = new(StringComparer.Ordinal);

    /// <summary>
    /// The path as the repository knows it: what lies in a linked worktree of the workspace's repository is what lies there in the main
    /// one, for what is changed in both has to be merged. Any other path is as it was, also in a repository that cannot be reached: it is
    /// none of this one.
    /// </summary>
    /// <param name="path">Full, without links; it need not exist.</param>
    /// <param name="workspace">The folder that has the board, likewise.</param>
    public string Shared(string path, string workspace)
    {
        try
        {
            return Around(path) is { Main: { } main } tree
                && PlatformFile.IsBelow(workspace, main) ? main + path.Remove(0, tree.Top.Length) : path;
        }
        catch (TaskLockingException)
        {
            return path;
        }
    }

    /// <summary>The top of the working tree that a path lies in, if it is one of the workspace's repository; null elsewhere.</summary>
    /// <param name="path">Full, without links; it need not exist.</param>
    /// <param name="workspace">The folder that has the board, likewise.</param>
    public string? Top(string path, string workspace)
    {
        try
        {
            return Around(path) is { } tree && PlatformFile.IsBelow(workspace, tree.Main ?? tree.Top) ? tree.Top : null;
        }
        catch (TaskLockingException)
        {
            return null;
        }
    }

    // A file is no tree's top, and most paths are files of few folders.
    private GitTree? Around(string path) => GitTree.At(path) ?? (Path.GetDirectoryName(path) is { } folder ? Of(folder) : null);

    private GitTree? Of(string folder)
    {
        if (_known.TryGetValue(folder, out var known))
            return known;
        _known.Add(folder, null); // stays where the repository cannot be reached
        return _known[folder] = Around(folder);
    }
}

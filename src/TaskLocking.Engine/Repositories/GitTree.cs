using System;
using System.IO;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.Repositories;

/// <summary>
/// The working tree of git that a folder lies in, as git's own files tell it: git need not be there and is never run, and what its
/// variables say (a hook has GIT_DIR set) does not count. A few looks at the file system, more only in a linked worktree.
/// </summary>
/// <param name="Top">The folder that has <c>.git</c>, without links.</param>
/// <param name="Main">The folder where the repository's board belongs: the main worktree, or the git directory of a bare repository; null
/// where this tree is no linked worktree.</param>
internal sealed record GitTree(string Top, string? Main)
{
    /// <summary>The git directory of the repository, which all of its trees share.</summary>
    public string Directory { get; private init; } = Path.Combine(Top, Dot);

    private const string Dot = ".git";
    private const string Worktrees = "worktrees";
    private const int Longest = 1 << 16; // in bytes; these files have a path

    /// <summary>The nearest tree upward; null if the folder lies in none.</summary>
    /// <param name="folder">An existing folder, full and without links.</param>
    /// <exception cref="TaskLockingException">StoreUnavailable: a linked worktree whose repository cannot be reached.</exception>
    public static GitTree? Of(string folder)
    {
        for (var top = folder; top is not null; top = Path.GetDirectoryName(top))
        {
            if (At(top) is { } tree)
                return tree;
        }
        return null;
    }

    /// <summary>
    /// The path as the repository knows it: what lies in a linked worktree of the workspace's repository is what lies there in the main
    /// one, for what is changed in both has to be merged. Any other path is as it was.
    /// </summary>
    /// <param name="path">Full, without links; it need not exist.</param>
    /// <param name="workspace">The folder that has the board, likewise.</param>
    public static string Shared(string path, string workspace)
    {
        try
        {
            return Of(path) is { Main: { } main } tree && PlatformFile.IsBelow(workspace, main) ? main + path.Remove(0, tree.Top.Length)
                : path;
        }
        catch (TaskLockingException)
        {
            return path; // of a repository that cannot be reached: not this one
        }
    }

    /// <summary>The tree whose top a folder is; null if it is none's.</summary>
    public static GitTree? At(string top)
    {
        var dot = Path.Combine(top, Dot);
        if (FileFacts.At(dot) is not { } facts)
            return null;
        if (facts.IsFolder || (facts.IsLink && System.IO.Directory.Exists(dot)))
            return IsRepository(dot) ? new GitTree(top, null) : null;
        if ((!facts.IsPlain && !facts.IsLink) || Value(dot, "gitdir: ") is not { } named)
            return null;
        var own = Full(top, named);
        // A submodule, or a repository whose git directory was put elsewhere: a tree of its own.
        if (Line(Path.Combine(own, "commondir")) is not { } common)
            return IsRepository(own) ? new GitTree(top, null) { Directory = own } : IsWorktrees(own) ? throw Unreachable(top, own) : null;
        var shared = PlatformFile.ResolveLinks(Full(own, common));
        // Only whoever can write to the repository makes its worktrees; a folder from elsewhere cannot say that it is one.
        if (!IsOne(own, Path.Combine(shared, Worktrees, Path.GetFileName(own))))
            return new GitTree(top, null);
        return IsRepository(shared) ? new GitTree(top, MainOf(shared)) { Directory = shared } : throw Unreachable(top, shared);
    }

    // As git finds it: what the settings say, else the folder around ".git", else the repository is bare.
    private static string MainOf(string shared)
    {
        var config = GitConfig.Read(Path.Combine(shared, "config"));
        if (config.HasWorktreeConfig)
            config = config.With(GitConfig.Read(Path.Combine(shared, "config.worktree")));
        if (config.IsBare == true)
            return shared;
        if (config.Worktree is { } tree && Full(shared, tree) is var main && System.IO.Directory.Exists(main))
            return PlatformFile.ResolveLinks(main);
        return Path.GetFileName(shared) == Dot ? Path.GetDirectoryName(shared)! : shared;
    }

    // By whatever links, and in whatever letters where those are one.
    private static bool IsOne(string folder, string other) => LibC.IsLinux
        ? FileStamp.Of(folder) is { } one && FileStamp.Of(other) is { } two && one.IsSameFile(two)
        : string.Equals(Path.GetFullPath(folder), Path.GetFullPath(other), StringComparison.OrdinalIgnoreCase);

    private static bool IsRepository(string folder) => FileFacts.At(Path.Combine(folder, "HEAD")) is not null;

    private static bool IsWorktrees(string own) => Path.GetFileName(Path.GetDirectoryName(own)) == Worktrees;

    private static string Full(string from, string path) => Path.GetFullPath(Path.Combine(from, path));

    private static string? Value(string file, string name) =>
        Line(file) is { } line && line.StartsWith(name, StringComparison.Ordinal) ? line.Substring(name.Length).Trim() : null;

    private static string? Line(string file)
    {
        if (FileStamp.Of(file) is not { Length: > 0 and <= Longest })
            return null;
        try
        {
            var text = File.ReadAllText(file);
            return text.TrimEnd('\r', '\n') is { Length: > 0 } line && line.IndexOf('\0') < 0 ? line : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static TaskLockingException Unreachable(string top, string repository) => new(new Refusal(RefusalCode.StoreUnavailable,
        $"'{top}' is a linked worktree of git, and its repository '{repository}' cannot be reached from here, so neither can its board. " +
        $"Make it reachable (in a container: at the same path), or name the workspace (--workspace, -Workspace or {WorkspacePath.Variable}).")
    { Path = top });
}

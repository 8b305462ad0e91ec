using System;
using System.IO;
using System.Linq;
using TaskLocking.FileStore;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>
/// The working tree of git that a folder lies in, as git's own files tell it: git need not be there and is never run, and what its
/// variables say (a hook has GIT_DIR set) does not count. A few looks at the file system and one at the settings.
/// </summary>
/// <param name="Top">The folder that has <c>.git</c>, without links.</param>
/// <param name="Main">The folder where the repository's board belongs: the main worktree, or the git directory of a repository that has
/// none or does not know it; null where it is this tree.</param>
internal sealed record GitTree(string Top, string? Main)
{
    /// <summary>The git directory of the repository, which all of its trees share.</summary>
    public string GitDirectory { get; private init; } = Path.Combine(Top, Dot);

    /// <summary>Whether it is a worktree beside the main one.</summary>
    public bool IsLinked { get; private init; }

    private const string Dot = ".git";
    private const string Worktrees = "worktrees";
    private const int Longest = 1 << 16; // in bytes; these files have a path

    /// <summary>The nearest tree upward; null if the folder lies in none.</summary>
    /// <param name="folder">An existing folder, full and without links.</param>
    /// <exception cref="TaskLockingException">StoreUnavailable, AccessDenied: a tree whose repository cannot be reached.</exception>
    public static GitTree? Of(string folder)
    {
        for (var top = folder; top is not null; top = Path.GetDirectoryName(top))
        {
            if (At(top) is { } tree)
                return tree;
        }
        return null;
    }

    /// <summary>The tree whose top a folder is; null if it is none's.</summary>
    /// <exception cref="TaskLockingException">StoreUnavailable: there is something that should lead to a repository and does not;
    /// AccessDenied: one may not look into it.</exception>
    public static GitTree? At(string top)
    {
        var dot = Path.Combine(top, Dot);
        if (FileFacts.At(dot) is not { } facts)
            return null;
        if (facts.IsFolder || (facts.IsLink && Directory.Exists(dot)))
        {
            // Where the right to look is missing it is somebody's repository all the same: no board above it can be its own.
            if (LibC.IsLinux && LibCStat.IsHidden(Path.Combine(dot, "HEAD")))
                throw IoRefusal.From(LibC.NoRight, dot);
            return IsRepository(dot) ? Own(top, dot) : null;
        }
        // Whatever else stands there means that this is a tree: no board above it can be its own.
        if (Value(dot, "gitdir: ") is not { } named)
            throw Unknown(top, dot);
        var own = Full(top, named);
        if (Line(Path.Combine(own, "commondir")) is not { } common)
        {
            // A submodule, or a repository whose git directory was put elsewhere. A worktree's own folder has no objects.
            var isWhole = FileFacts.At(Path.Combine(own, "commondir")) is null && IsRepository(own)
                && (!IsWorktrees(own) || Directory.Exists(Path.Combine(own, "objects")));
            return isWhole ? Own(top, own) : throw Unreachable(top, own);
        }
        var shared = PlatformFile.ResolveLinks(Full(own, common));
        if (!IsRepository(shared))
            throw Unreachable(top, shared);
        // Only whoever can write to the repository makes its worktrees; a folder from elsewhere cannot say that it is one.
        return IsOne(own, Path.Combine(shared, Worktrees, Path.GetFileName(own)))
            ? new GitTree(top, MainOf(shared)) { GitDirectory = shared, IsLinked = true }
            : new GitTree(top, null);
    }

    // A tree that no other knows of: its board is where the linked ones look for it, in the git directory if that names no tree.
    private static GitTree Own(string top, string directory)
    {
        var shared = PlatformFile.ResolveLinks(directory);
        var main = MainOf(shared);
        var isElsewhere = main == shared ? !IsModule(shared) : main != top && main == Begun(shared);
        return new GitTree(top, isElsewhere ? main : null) { GitDirectory = directory };
    }

    // As git finds it: what the settings say, else the folder around ".git"; else the repository has no tree that could be known. Then its
    // board is in the git directory, but one that was begun in a tree before has left its sign.
    private static string MainOf(string shared)
    {
        var config = GitConfig.Read(Path.Combine(shared, "config"));
        if (config.HasWorktreeConfig)
            config = config.With(GitConfig.Read(Path.Combine(shared, "config.worktree")));
        if (config.IsBare != true)
        {
            if (config.Worktree is { } tree && Full(shared, tree) is var main && Directory.Exists(main))
                return PlatformFile.ResolveLinks(main);
            if (Path.GetFileName(shared) == Dot)
                return Path.GetDirectoryName(shared)!;
        }
        return Directory.Exists(Path.Combine(shared, WorkspacePath.StoreFolder)) ? shared : Begun(shared) ?? shared;
    }

    // The tree that has the board, as the sign says (see StoreGuard); a copy of the git directory has a sign that is not its own.
    private static string? Begun(string shared) => GitFile.Read(Path.Combine(shared, StoreGuard.FolderName, StoreGuard.BoardName), Longest)
        ?.Split('\r', '\n').FirstOrDefault(line => line.Length > 0 && line[0] != '#') is { } store && Path.IsPathRooted(store)
        && Directory.Exists(Path.Combine(store, "journal")) && Path.GetDirectoryName(store) is { } top && LeadsTo(top, shared)
        ? top : null;

    private static bool LeadsTo(string top, string shared)
    {
        var dot = Path.Combine(top, Dot);
        return IsOne(Value(dot, "gitdir: ") is { } named ? Full(top, named) : dot, shared);
    }

    // By whatever links, and in whatever letters where those are one.
    private static bool IsOne(string folder, string other) => !LibC.IsMacOS
        ? FileStamp.Of(folder) is { } one && FileStamp.Of(other) is { } two && one.IsSameFile(two)
        : string.Equals(PlatformFile.ResolveLinks(folder), PlatformFile.ResolveLinks(other), StringComparison.OrdinalIgnoreCase);

    private static bool IsRepository(string folder) => FileFacts.At(Path.Combine(folder, "HEAD")) is not null;

    private static bool IsWorktrees(string own) => Path.GetFileName(Path.GetDirectoryName(own)) == Worktrees;

    // Of a submodule, which may be called like a path.
    private static bool IsModule(string own) => own.Split(Path.DirectorySeparatorChar).Contains("modules", StringComparer.Ordinal);

    private static string Full(string from, string path)
    {
        var full = Path.GetFullPath(Path.Combine(from, path));
        return full.Length > Path.GetPathRoot(full)!.Length
            ? full.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) : full;
    }

    private static string? Value(string file, string name) =>
        Line(file) is { } line && line.StartsWith(name, StringComparison.Ordinal)
            && line.Substring(name.Length).Trim() is { Length: > 0 } value ? value : null;

    private static string? Line(string file) =>
        GitFile.Read(file, Longest)?.TrimEnd('\r', '\n') is { Length: > 0 } line && line.IndexOf('\0') < 0 ? line : null;

    private static TaskLockingException Unknown(string top, string dot) => new(new Refusal(RefusalCode.StoreUnavailable,
        $"'{dot}' does not say where the repository of git is, so nobody knows which board is that of '{top}'. It is one line, " +
        $"\"gitdir: PATH\": repair it, or name the workspace (--workspace, -Workspace or {WorkspacePath.Variable}).")
    { Path = dot });

    private static TaskLockingException Unreachable(string top, string repository) => new(new Refusal(RefusalCode.StoreUnavailable,
        $"'{top}' is a working tree of git, and its repository '{repository}' cannot be reached from here, so neither can its board. " +
        $"Make it reachable (in a container: at the same path), or name the workspace (--workspace, -Workspace or " +
            $"{WorkspacePath.Variable}).")
    { Path = top });
}

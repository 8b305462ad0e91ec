using System;
using System.IO;
using TaskLocking.Tests.Storage;

namespace TaskLocking.Tests.Repositories;

/// <summary>Repositories as their files stand, made without git: so every form can be had, also those that git no longer makes.</summary>
internal sealed class GitScene : IDisposable
{
    private readonly TempWorkspace _place = new(inMemory: true);

    public string Root => _place.Path;

    public void Dispose() => _place.Dispose();

    public string In(params string[] parts) => _place.In(parts);

    public string Folder(params string[] parts) => Directory.CreateDirectory(_place.In(parts)).FullName;

    /// <summary>A repository with its working tree; gives the top.</summary>
    public string Repository(params string[] parts)
    {
        var top = Folder(parts);
        GitDirectory(Path.Combine(top, ".git"), "[core]\n\tbare = false\n");
        return top;
    }

    /// <summary>A bare one; gives the git directory.</summary>
    public string Bare(params string[] parts)
    {
        GitDirectory(In(parts), "[core]\n\tbare = true\n");
        return In(parts);
    }

    /// <summary>A linked worktree; gives its top.</summary>
    /// <param name="common">The git directory of the repository.</param>
    /// <param name="top">Where.</param>
    /// <param name="relative">Whether its files name each other by relative paths, as newer versions of git may.</param>
    public static string Link(string common, string top, bool relative = false)
    {
        var name = Path.GetFileName(top) + "-" + Guid.NewGuid().ToString("N")[..6];
        var own = Directory.CreateDirectory(Path.Combine(common, "worktrees", name)).FullName;
        Directory.CreateDirectory(top);
        var dot = Path.Combine(top, ".git");
        File.WriteAllText(dot, "gitdir: " + (relative ? Path.GetRelativePath(top, own) : own) + "\n");
        File.WriteAllText(Path.Combine(own, "gitdir"), dot + "\n");
        File.WriteAllText(Path.Combine(own, "commondir"), "../..\n");
        File.WriteAllText(Path.Combine(own, "HEAD"), "ref: refs/heads/" + name + "\n");
        return top;
    }

    /// <summary>The git directory of a submodule, and the file in its tree that leads there; gives the tree's top.</summary>
    public static string Submodule(string super, string name)
    {
        var top = Directory.CreateDirectory(Path.Combine(super, name)).FullName;
        var own = Path.Combine(super, ".git", "modules", name);
        GitDirectory(own, $"[core]\n\tbare = false\n\tworktree = ../../../{name}\n");
        File.WriteAllText(Path.Combine(top, ".git"), $"gitdir: ../.git/modules/{name}\n");
        return top;
    }

    /// <summary>A board, with work that only it has, or as it comes with a checkout.</summary>
    public static void Board(string folder, bool isLiving = true)
    {
        Directory.CreateDirectory(Path.Combine(folder, ".todo2", isLiving ? "journal" : ""));
        File.WriteAllText(Path.Combine(folder, ".todo2", "state.todo2.json"), """{"todos":[]}""");
    }

    private static void GitDirectory(string folder, string config)
    {
        Directory.CreateDirectory(Path.Combine(folder, "objects"));
        File.WriteAllText(Path.Combine(folder, "HEAD"), "ref: refs/heads/main\n");
        File.WriteAllText(Path.Combine(folder, "config"), config);
    }
}

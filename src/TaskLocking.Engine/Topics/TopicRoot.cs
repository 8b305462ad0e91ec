using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Topics;

/// <summary>
/// Which folder holds the topics: named, else <see cref="Variable"/>, else an existing <c>.claude/specs</c> or <c>specs</c>, else
/// <c>.claude/specs</c>.
/// </summary>
internal static class TopicRoot
{
    /// <summary>The environment variable that names a root.</summary>
    public const string Variable = "CLAUDE_SPECS_ROOT";

    /// <summary>Finds the root, which need not exist yet.</summary>
    /// <param name="project">The project's folder, canonical.</param>
    /// <param name="named">What the user said, absolute or relative to <paramref name="project"/>; null or empty if nothing.</param>
    /// <param name="fromEnvironment">The value of <see cref="Variable"/>, likewise.</param>
    /// <returns>The full path with every link resolved, so that every way to the root meets the same lock.</returns>
    /// <exception cref="TaskLockingException">InvalidArgument for a URI, PathNotFound if it or a folder above it is a file,
    /// UnsafeFile if nobody named it and it leads out of the project.</exception>
    public static string Find(string project, string? named, string? fromEnvironment)
    {
        if (string.IsNullOrEmpty(named))
            named = fromEnvironment;
        if (!string.IsNullOrEmpty(named))
            return Canonical(project, named!);
        var usual = Path.Combine(project, ".claude", "specs");
        var plain = Path.Combine(project, "specs");
        return Inside(project, !Directory.Exists(usual) && Directory.Exists(plain) ? plain : usual);
    }

    // What nobody has named may have come with the project, from wherever that came.
    private static string Inside(string project, string root)
    {
        var found = Canonical(project, root);
        return PlatformFile.IsBelow(found, project) ? found : throw IoRefusal.Unsafe(root,
            $"is a symbolic link, or lies behind one, that leads out of the project, to '{found}'; if that is meant, name it (--root, " +
                $"-Path or {Variable})");
    }

    private static string Canonical(string project, string root)
    {
        if (WorkspacePath.IsUri(root))
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{root}' is not a folder. A topics' root is a path, for example specs or /srv/project/specs.");
        var full = Path.GetFullPath(CallerPath.Full(() => project, root));
        var existing = full;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            if (File.Exists(existing))
                throw new TaskLockingException(new Refusal(RefusalCode.PathNotFound,
                    $"'{existing}' is not a folder, so no topics can be in '{full}'.")
                { Path = full });
            existing = parent;
        }
        var resolved = PlatformFile.ResolveLinks(full);
        if (!EnvironmentText.IsDoubtful(full))
            EnvironmentText.RefuseLost(resolved, full);
        return resolved;
    }
}

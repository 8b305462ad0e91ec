using System;
using System.IO;
using TaskLocking.Cli.Processes;

namespace TaskLocking.Cli.Input;

/// <summary>Where the command was started. Whoever names everything by absolute paths need not be anywhere.</summary>
internal static class CurrentFolder
{
    /// <exception cref="TaskLockingException">PathNotFound: it was removed, or cannot be told; InvalidArgument: its name is not
    /// UTF-8.</exception>
    public static string Path()
    {
        string path;
        try
        {
            path = Directory.GetCurrentDirectory();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TaskLockingException(RefusalCode.PathNotFound,
                "The current folder does not exist any more, or is out of reach, so no relative path can be found from it. "
                + "Change to one that exists, or name the workspace by an absolute path, for example --workspace /srv/project.", fault);
        }
        if (EnvironmentText.IsDoubtful(path) && !OperatingSystem.IsWindows()
            && UnixSystem.CurrentFolder() is { } bytes && !EnvironmentText.IsUtf8(bytes))
        {
            throw new TaskLockingException(EnvironmentText.NotUtf8("The name of the current folder", EnvironmentText.Show(bytes)));
        }
        return path;
    }

    /// <summary>A path that a user named, as a full one.</summary>
    /// <exception cref="TaskLockingException">As above, for a path that is relative.</exception>
    public static string Full(string path) => System.IO.Path.IsPathFullyQualified(path) ? path : System.IO.Path.Combine(Path(), path);
}

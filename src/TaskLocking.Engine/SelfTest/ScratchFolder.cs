using System;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.SelfTest;

/// <summary>A folder of its own for the self-test, made at the first use, removed with all that is in it.</summary>
internal sealed class ScratchFolder(string workspace) : IDisposable
{
    /// <summary>How the folder's name begins.</summary>
    public const string Prefix = ".tasklocking-check-";

    private readonly string _path = Path.Combine(workspace, Prefix + Guid.NewGuid().ToString("N"));

    /// <summary>The full path of a file in it.</summary>
    /// <exception cref="TaskLockingException">The folder cannot be made; by the failure's own name.</exception>
    public string PathOf(string file)
    {
        NewFolder.Ensure(_path);
        return Path.Combine(_path, file);
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Never made, or in use by something that looks into every new folder; the name tells whose it is.
        }
    }
}

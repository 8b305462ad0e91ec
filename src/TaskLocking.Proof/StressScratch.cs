using System;
using System.IO;
using System.Threading;

namespace TaskLocking.Proof;

/// <summary>The folder in which a run works, beside the store and so on its mount. Disposing removes it, unless it is to be kept.</summary>
internal sealed class StressScratch(string workspace) : IDisposable
{
    /// <summary>How the folder's name begins.</summary>
    public const string Prefix = ".tasklocking-stress-";

    private const int Tries = 20;

    public string Path { get; } = System.IO.Path.Combine(workspace, Prefix + Guid.NewGuid().ToString("N"));

    public bool IsKept { get; set; }

    /// <summary>Makes a folder in it.</summary>
    /// <exception cref="TaskLockingException">It cannot be made; by the failure's own name.</exception>
    public string Folder(string name)
    {
        var folder = System.IO.Path.Combine(Path, name);
        Locking.NewFolder.Ensure(folder);
        return folder;
    }

    /// <summary>Removes a folder of it; what cannot be removed goes with the rest.</summary>
    public void Remove(string name) => Delete(System.IO.Path.Combine(Path, name));

    public void Dispose()
    {
        if (!IsKept)
            Delete(Path);
    }

    private static void Delete(string folder)
    {
        for (var left = Tries; left > 0 && Directory.Exists(folder); left--)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A killed process may still be on its way out and have a file open, or just have made one.
                Thread.Sleep(50);
            }
        }
    }
}

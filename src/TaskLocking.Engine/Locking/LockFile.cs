using System;

namespace TaskLocking.Locking;

/// <summary>
/// A lock file, opened to be tried for. Calling sequence: <see cref="Open"/>; <see cref="TryLock"/> until it is true;
/// <see cref="StillAtPath"/>, and if not, dispose and begin again; work; dispose. One thread at a time. The seam between the platforms:
/// nothing else knows how a lock is taken.
/// </summary>
internal abstract class LockFile : IDisposable
{
    /// <summary>Opens the file; makes it if need be. Null if it is not there and <paramref name="create"/> is false.</summary>
    /// <exception cref="Diagnostics.TaskLockingException">What the system said, by its own name.</exception>
    public static LockFile? Open(string path, bool create = true) =>
        LibC.IsUnix ? UnixLockFile.TryOpen(path, create) : ShareModeLockFile.TryOpen(path, create);

    /// <summary>True once the lock is held; false while somebody else holds it. Throws nothing for that on Unix.</summary>
    public abstract bool TryLock();

    /// <summary>Whether the path still names this file: whoever deleted it could otherwise let a second holder in.</summary>
    public abstract bool StillAtPath();

    /// <summary>Who holds the file now, as far as the system tells.</summary>
    public abstract LockHolder FindHolder();

    /// <summary>Unlocks without closing, so that it can be tried for again; false where the system cannot, or refuses.</summary>
    public virtual bool TryRelease() => false;

    /// <summary>Unlocks and closes; the file stays.</summary>
    public abstract void Dispose();
}

using System;
using System.Runtime.InteropServices;

namespace TaskLocking.Locking;

/// <summary>
/// A lock file, opened to be tried for. Calling sequence: <see cref="Open"/>; <see cref="TryLock"/> until it is true;
/// <see cref="StillAtPath"/>, and if not, dispose and begin again; work; dispose. One thread at a time. The seam between the platforms:
/// nothing else knows how a lock is taken.
/// </summary>
internal abstract class LockFile : IDisposable
{
    /// <summary>Opens the file; makes it if need be. Null if it is not there and <paramref name="create"/> is false.</summary>
    /// <exception cref="TaskLockingException">What the system said, by its own name.</exception>
    public static LockFile? Open(string path, bool create = true) =>
        LibC.IsUnix ? UnixLockFile.TryOpen(path, create) : ShareModeLockFile.TryOpen(path, create);

    /// <summary>
    /// Whether somebody holds the file, and no more than that: those who look do not see each other. Only who holds it by itself counts, as
    /// all of us do; a share (<c>flock -s</c>) keeps nobody from a change.
    /// </summary>
    public static bool IsHeld(string path)
    {
        using var file = LibC.IsUnix ? UnixLockFile.TryOpenToLook(path) : (LockFile?)ShareModeLockFile.TryOpen(path, create: false);
        return file is not null && !file.TryShare();
    }

    /// <summary>The open file, for a process that goes on holding; null where there is none.</summary>
    public abstract SafeHandle? Handle { get; }

    /// <summary>True once the lock is held; false while somebody else holds it. Throws nothing for that on Unix.</summary>
    public abstract bool TryLock();

    /// <summary>True while nobody else holds it, and from then on nobody can: who looks, and who takes the file away.</summary>
    public abstract bool TryShare();

    /// <summary>After a refused try: whether only those were in the way who look, or take it away.</summary>
    public bool IsOnlyShared()
    {
        if (!TryShare())
            return false;
        TryRelease();
        return true;
    }

    /// <summary>Whether the path still names this file: whoever deleted it could otherwise let a second holder in.</summary>
    public abstract bool StillAtPath();

    /// <summary>Who holds the file now, as far as the system tells.</summary>
    public abstract LockHolder FindHolder();

    /// <summary>Unlocks without closing, so that it can be tried for again; false where the system cannot, or refuses.</summary>
    public virtual bool TryRelease() => false;

    /// <summary>Closes without unlocking, where another process has the same open file and goes on holding.</summary>
    public abstract void Leave();

    /// <summary>Unlocks and closes; the file stays.</summary>
    public abstract void Dispose();
}

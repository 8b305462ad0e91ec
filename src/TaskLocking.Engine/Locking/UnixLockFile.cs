using System;
using System.Runtime.InteropServices;

namespace TaskLocking.Locking;

/// <summary>
/// The kernel lock that .NET takes for <c>FileShare.None</c> on Unix, flock(LOCK_EX), on a descriptor of our own: a refused
/// <c>FileStream</c> costs an exception (10 µs, the first 5 ms) for every try, and .NET hides every errno but "would block".
/// </summary>
internal sealed class UnixLockFile : LockFile
{
    private readonly string _path;
    private readonly int _descriptor;
    private readonly bool _isWritable;
    private UnixDescriptor? _owner; // null once it is closed
    private FileStamp? _identity; // of the open file: it stays the same as long as it is open
    private bool _held;

    private UnixLockFile(string path, int descriptor, bool isWritable)
    {
        _path = path;
        _descriptor = descriptor;
        _isWritable = isWritable;
        _owner = UnixDescriptor.Of(descriptor);
    }

    public static UnixLockFile? TryOpen(string path, bool create)
    {
        for (var repeats = LibC.MostRepeats; ; repeats--)
        {
            var descriptor = StoreFile.LockDescriptor(path, out var isWritable);
            if (descriptor >= 0)
                return create ? new UnixLockFile(path, descriptor, isWritable) : Checked(new UnixLockFile(path, descriptor, isWritable));
            if (!create)
                return null;
            if (repeats == 0)
                throw IoRefusal.Changing(path);
            StoreFile.Ensure(path);
        }
    }

    /// <summary>Opens it as one who only looks: reading is enough.</summary>
    public static UnixLockFile? TryOpenToLook(string path)
    {
        var descriptor = StoreFile.Descriptor(path, write: false);
        return descriptor < 0 ? null : Checked(new UnixLockFile(path, descriptor, isWritable: false));
    }

    public override SafeHandle? Handle => _owner;

    public override bool TryLock() => _held = IsGiven(LibC.TryLock(_descriptor));

    public override bool TryShare() => _held = IsGiven(LibC.TryShare(_descriptor));

    public override bool StillAtPath() => FileStamp.Of(_path) is { } named && Identity() is { } opened && named.IsSameFile(opened);

    public override LockHolder FindHolder() =>
        LibC.IsLinux && FileStamp.Of(_descriptor) is { } stamp && KernelLocks.PidOf(stamp) is { } pid
            ? new LockHolder(pid, Host: Environment.MachineName)
            : LockHolder.Unknown;

    // Who only looks whether it is held may never come to ask.
    private static UnixLockFile Checked(UnixLockFile file)
    {
        try
        {
            _ = file.Identity();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private bool IsGiven(int errno)
    {
        if (errno == 0)
            return true;
        if (errno == LibC.WouldBlock)
        {
            // Somebody could have what stands there for ever.
            _ = Identity();
            return false;
        }
        // A share makes a lock on bytes of it, and that wants the right to write.
        if (errno == LibC.BadDescriptor && !_isWritable)
            throw IoRefusal.From(LibC.NoRight, _path);
        throw IoRefusal.NoLocks(_path, $"flock answers error {errno}");
    }

    // Asked for anyway, and tells what kind of file it is: a look of its own would cost each lock a call of the system.
    private FileStamp? Identity()
    {
        if (_identity is null && FileFacts.Of(_descriptor) is { } facts)
        {
            StoreFile.Check(_path, facts, isWritten: false);
            _identity = facts.Stamp;
        }
        return _identity;
    }

    public override bool TryRelease()
    {
        _held = false;
        return LibC.Release(_descriptor) == 0;
    }

    public override void Leave()
    {
        _held = false;
        Dispose();
    }

    public override void Dispose()
    {
        if (_owner is not { } owner)
            return;
        _owner = null;
        // A child that is being started has a copy of the descriptor until its exec: closing ours would not unlock.
        if (_held)
            _ = LibC.Release(_descriptor);
        owner.Close();
    }
}

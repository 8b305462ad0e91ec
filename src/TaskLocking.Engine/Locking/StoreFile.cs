using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace TaskLocking.Locking;

/// <summary>
/// The one way to the files of a store, and of a topics' root. Whoever can write there, or ships a folder that is cloned, must not be able
/// to send us elsewhere, to keep us waiting, or to have us write into what is not the store's.
/// </summary>
/// <remarks>
/// <para>Calling sequence: <see cref="TryOpen"/> for what is there, <see cref="Create"/> for what is not, <see cref="IsThere"/> to ask. No
/// link is followed, neither the file's nor its folder's; above the folder links are as they are. Nothing here waits.</para>
/// <para>Failure modes: what is no plain file, has a second name and is to be written in place, or is another user's, is UnsafeFile and is
/// left as it is; everything else the system's own name. Owners are looked at on Linux alone, kinds everywhere.</para>
/// </remarks>
internal static class StoreFile
{
    private const int LongestSleep = 15; // in milliseconds

    /// <summary>Opens an existing file; null if there is none. What is opened for writing is written in place.</summary>
    /// <exception cref="TaskLockingException">UnsafeFile, AccessDenied, ReadOnlyFileSystem, StoreUnavailable.</exception>
    /// <exception cref="IOException">Windows: somebody has the file to himself.</exception>
    public static FileStream? TryOpen(string path, FileAccess access)
    {
        var isWritten = access != FileAccess.Read;
        if (!LibC.IsUnix)
            return TryOpenPortable(path, access);
        var descriptor = Descriptor(path, isWritten);
        if (descriptor < 0)
            return null;
        var handle = new SafeFileHandle((IntPtr)descriptor, ownsHandle: true);
        try
        {
            Check(path, FileFacts.Of(descriptor), isWritten);
            return new FileStream(handle, access, bufferSize: 1);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Makes a file that is not there yet, with the rights that <see cref="StoreRights"/> gives it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="replaces">The name that it is to have at last; null: this one.</param>
    /// <param name="bound">Names the file that shows the same, whose rights are the most; null if none does.</param>
    /// <exception cref="TaskLockingException">UnsafeFile for the folder, DiskFull, AccessDenied and the like.</exception>
    /// <exception cref="IOException">There is something with that name.</exception>
    public static FileStream Create(string path, string? replaces = null, string? bound = null)
    {
        // Nobody else sees into it before it has its rights.
        var file = CreatePrivate(path);
        if (LibC.IsLinux)
            StoreRights.Give((int)file.SafeFileHandle.DangerousGetHandle(), replaces ?? path, replaces is not null, bound);
        return file;
    }

    /// <summary>Makes a file that is not there yet, for its owner alone where the system knows that by Linux's rights.</summary>
    /// <inheritdoc cref="Create"/>
    public static FileStream CreatePrivate(string path)
    {
        if (!LibC.IsLinux)
        {
            RefuseLink(Path.GetDirectoryName(path)!);
            return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
        const int OwnerOnly = 0x180;
        var descriptor = Faults.Failpoint.Fails("disk.create") ? -5 : LibCFile.Create(path, OwnerOnly);
        if (descriptor == -LibCFile.Exists)
            throw new IOException("There is a file with the name '" + path + "'.", LibCFile.Exists);
        if (descriptor < 0)
            throw Refusal(-descriptor, path);
        return new FileStream(new SafeFileHandle((IntPtr)descriptor, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 1);
    }

    /// <summary>Makes an empty file if there is nothing with that name. What is there stays.</summary>
    public static void Ensure(string path)
    {
        try
        {
            Create(path).Dispose();
        }
        catch (IOException exception) when (exception.HResult == LibCFile.Exists || IsThere(path))
        {
            // Somebody else was first; that is as good.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, path);
        }
    }

    /// <summary>Whether anything has that name, be it a link that leads nowhere.</summary>
    public static bool IsThere(string path) => FileFacts.At(path) is not null;

    /// <summary>Unix: the open descriptor of what is there, of whatever kind; negative if there is nothing.</summary>
    public static int Descriptor(string path, bool write) => Descriptor(path, ref write, needsWrite: write);

    /// <summary>
    /// The same of what is only locked. Nothing is written to it: whoever made it with narrower rights shuts nobody out who may read it.
    /// </summary>
    public static int LockDescriptor(string path, out bool isWritable)
    {
        isWritable = true;
        return Descriptor(path, ref isWritable, needsWrite: false);
    }

    private static int Descriptor(string path, ref bool write, bool needsWrite)
    {
        for (var backoff = Backoff.OnDemand(TimeSpan.FromSeconds(5), LongestSleep); ;)
        {
            var descriptor = LibCFile.Open(path, write);
            if (descriptor >= 0 || -descriptor == LibC.NoEntry)
                return descriptor;
            if (write && !needsWrite && -descriptor is LibC.NoRight or LibC.NotPermitted)
            {
                write = false;
                continue;
            }
            // A file server that keeps the file for itself (a lease of fcntl) has now been told that somebody wants it.
            if (-descriptor != LibC.WouldBlock || !backoff.Pause(default))
                throw Refusal(-descriptor, path);
        }
    }

    /// <summary>Refuses what must not be used; what has no facts any more cannot be judged and is let through.</summary>
    public static void Check(string path, FileFacts? facts, bool isWritten)
    {
        if (facts is not { } file)
            return;
        if (!file.IsPlain)
            throw IoRefusal.Unsafe(path, "is " + file.Kind + " and not a file");
        if (isWritten && file.Names > 1)
            throw IoRefusal.Unsafe(path, $"has {file.Names} names (hard links), of which one may be another's");
        if (!IsTrusted(path, file, isWritten))
            throw IoRefusal.Unsafe(path, $"belongs to {UserName.Of(file.Owner)}, who is neither you nor the owner of the folder");
    }

    // In a folder that its group or everybody may write to, it is those who put files there.
    private static bool IsTrusted(string path, FileFacts file, bool isWritten)
    {
        const int GroupWrites = 0x10;
        const int OthersWrite = 2;
        const int Sticky = 0x200;
        if (file.Owner == ProcessUser.Id || file.Owner == ProcessUser.Root)
            return true;
        return FileFacts.At(Path.GetDirectoryName(path)!) is { } folder && (file.Owner == folder.Owner || ((folder.Rights & Sticky) == 0 &&
            ((folder.Rights & OthersWrite) != 0 || ((folder.Rights & GroupWrites) != 0 && (!isWritten || file.Group == folder.Group)))));
    }

    private static TaskLockingException Refusal(int errno, string path)
    {
        var named = FileFacts.At(path);
        if (named is { IsPlain: false } strange)
            return IoRefusal.Unsafe(path, "is " + strange.Kind + " and not a file");
        var folder = Path.GetDirectoryName(path)!;
        if (FileFacts.At(folder) is { IsFolder: false } other)
            return IoRefusal.Unsafe(folder, "is " + other.Kind + " and not a folder");
        // Where the name cannot even be looked up, it is the folder that is closed to us.
        return IoRefusal.From(errno, named is null && errno == LibC.NoRight ? folder : path);
    }

    private static FileStream? TryOpenPortable(string path, FileAccess access)
    {
        RefuseLink(Path.GetDirectoryName(path)!);
        Check(path, FileFacts.At(path), access != FileAccess.Read);
        try
        {
            return new FileStream(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException ||
            (exception is UnauthorizedAccessException && !LibC.IsUnix && WindowsFile.IsGoing(path)))
        {
            return null;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException ||
            (exception is IOException && !ShareModeLockFile.IsContention(exception.HResult)))
        {
            throw IoRefusal.From(exception, path);
        }
    }

    private static void RefuseLink(string path)
    {
        if (FileFacts.At(path) is { IsLink: true } link)
            throw IoRefusal.Unsafe(path, "is " + link.Kind);
    }
}

using System;
using Microsoft.Win32.SafeHandles;

namespace TaskLocking.Locking;

/// <summary>
/// What happened to the names in some folders since the last look, without reading the folders: inotify, by Linux alone. The kernel queues
/// an event within the call that changes a folder, whoever makes it, so what was changed before a lock was released is in the queue of
/// whoever has the lock next. (<c>FileSystemWatcher</c> hands events on later, by a thread of its own.)
/// </summary>
/// <remarks>
/// <para>Calling sequence: <see cref="TryOpenAll"/>, then read the folders, so that nothing falls between; from then on
/// <see cref="IsInPlace"/> and <see cref="TryRead"/>. What was seen in a folder may be told once more. One thread at a time.</para>
/// <para>Failure modes: whatever keeps it from seeing everything, an overflow, a folder that was moved or removed, is an answer of false;
/// that one above it was, or that it was covered by another, <see cref="IsInPlace"/> tells. Each watch takes one of the 128 queues that a
/// user may have by default: keep few, and close them.</para>
/// </remarks>
internal sealed unsafe class FolderWatch : IDisposable
{
    private const uint MovedFrom = 0x40;
    private const uint MovedTo = 0x80;
    private const uint Created = 0x100;
    private const uint Deleted = 0x200;
    private const uint FolderDeleted = 0x400;
    private const uint FolderMoved = 0x800;
    private const uint Came = MovedTo | Created;
    private const uint Went = MovedFrom | Deleted;

    private const int Header = 16; // int wd; uint mask; uint cookie; uint length of the name, padded with zeros
    private const int LongestEvent = Header + 256;
    private const int BufferSize = 4096;

    // Who changes the folder faster than this reads it is not to be followed.
    private const int MostReads = 512;

    private readonly string[] _folders;
    private readonly FileStamp[] _watched;
    private readonly int[] _numbers; // by which the queue names the folders
    private readonly SafeFileHandle _queue;

    private FolderWatch(string[] folders, int descriptor)
    {
        _folders = folders;
        _watched = new FileStamp[folders.Length];
        _numbers = new int[folders.Length];
        _queue = new SafeFileHandle((IntPtr)descriptor, ownsHandle: true);
    }

    /// <summary>Watches folders; null where that is not possible or would not show every change.</summary>
    public static FolderWatch? TryOpenAll(params string[] folders)
    {
        if (!LibC.IsLinux || LibC.OpenFolderEvents() is not (var descriptor and >= 0))
            return null;
        var watch = new FolderWatch(folders, descriptor);
        for (var i = 0; i < folders.Length; i++)
        {
            // If another folder took the name since the stamp, the stamp will not fit; if both were exchanged twice, the watched one moved.
            // Where other machines or a server in user space write, this kernel does not see it; a rollback of zfs changes folders unseen.
            if (!LocalFileSystem.Has(folders[i]) || FileStamp.Of(folders[i]) is not { } stamp ||
                LibC.AddFolderEvents(descriptor, folders[i], Came | Went | FolderDeleted | FolderMoved) is not (var number and >= 0))
            {
                watch.Dispose();
                return null;
            }
            (watch._watched[i], watch._numbers[i]) = (stamp, number);
        }
        return watch;
    }

    /// <summary>Watches one folder.</summary>
    public static FolderWatch? TryOpen(string folder) => TryOpenAll(folder);

    /// <summary>Whether the paths still name the folders that are watched.</summary>
    public bool IsInPlace()
    {
        for (var i = 0; i < _folders.Length; i++)
        {
            if (FileStamp.Of(_folders[i]) is not { } named || !named.IsSameFile(_watched[i]))
                return false;
        }
        return true;
    }

    /// <summary>Tells all that happened since the last call. False if that cannot be known: dispose, open anew, read the folders.</summary>
    public bool TryRead(INameEvents events)
    {
        if (_queue.IsClosed)
            return false;
        var buffer = stackalloc byte[BufferSize];
        for (var reads = 0; reads < MostReads; reads++)
        {
            var count = LibC.Read((int)_queue.DangerousGetHandle(), buffer, BufferSize);
            if (count == -LibC.WouldBlock)
                return true;
            if (count <= 0 || !TryTell(new ReadOnlySpan<byte>(buffer, count), _numbers, events))
                return false;
            // Where one more event had room, there was none.
            if (count <= BufferSize - LongestEvent)
                return true;
        }
        return false;
    }

    /// <summary>Tells the events of the kernel's <paramref name="record"/>; false at one that ends the watch or tells of a loss.</summary>
    internal static bool TryTell(ReadOnlySpan<byte> record, int[] numbers, INameEvents events)
    {
        for (; record.Length >= Header; record = record[(Header + Word(record, 12))..])
        {
            var mask = (uint)Word(record, 4);
            var folder = Array.IndexOf(numbers, Word(record, 0));
            if ((mask & (Came | Went)) == 0 || folder < 0)
                return false;
            var name = record.Slice(Header, Word(record, 12));
            var end = name.IndexOf((byte)0);
            name = end < 0 ? name : name[..end];
            if ((mask & Came) != 0)
                events.Appeared(folder, name);
            else
                events.Vanished(folder, name);
        }
        return true;
    }

    /// <summary>Gives the queue back. The kernel may take some milliseconds.</summary>
    public void Dispose() => _queue.Dispose();

    private static int Word(ReadOnlySpan<byte> record, int offset)
    {
        fixed (byte* at = record)
            return *(int*)(at + offset);
    }
}

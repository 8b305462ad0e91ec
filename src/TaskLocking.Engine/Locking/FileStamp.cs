using System;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace TaskLocking.Locking;

/// <summary>
/// What a file was at one moment. Two stamps of one path are equal only if nothing wrote to it or replaced it in between, as far as the
/// system's clock can tell them apart. Times in ticks of 100 ns; device and inode are 0 where the system does not tell them.
/// </summary>
internal readonly record struct FileStamp(long Length, long Modified, long Created, ulong Device, ulong Inode, int Mode)
{
    /// <summary>When it was last written to.</summary>
    public DateTime Written => LibC.IsLinux
        ? new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(Modified)
        : new DateTime(Modified, DateTimeKind.Utc);

    /// <summary>Whether both name one file, whatever was written to it.</summary>
    public bool IsSameFile(FileStamp other) => Inode == other.Inode && Device == other.Device && Created == other.Created;

    /// <summary>The file at the path, or null if there is none that can be reached.</summary>
    public static FileStamp? Of(string path)
    {
        if (LibC.IsLinux)
            return OfLinux(-1, path);
        if (!LibC.IsUnix)
            return WindowsFile.Of(path, follows: true)?.Stamp;
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks, file.CreationTimeUtc.Ticks, 0, 0, 0) : null;
    }

    /// <summary>The open file itself, wherever its name has gone.</summary>
    public static FileStamp? Of(SafeFileHandle handle)
    {
        if (LibC.IsLinux)
            return OfLinux((int)handle.DangerousGetHandle(), null);
        if (!LibC.IsUnix)
            return WindowsFile.Of(handle)?.Stamp;
#if NET
        return new FileStamp(RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle).Ticks, File.GetCreationTimeUtc(handle).Ticks,
            0, 0, 0);
#else
        return null;
#endif
    }

    /// <summary>The same of a descriptor that stays open meanwhile.</summary>
    public static FileStamp? Of(int descriptor)
    {
        if (LibC.IsLinux)
            return OfLinux(descriptor, null);
        using var handle = new SafeFileHandle((IntPtr)descriptor, ownsHandle: false);
        return Of(handle);
    }

    private static unsafe FileStamp? OfLinux(int descriptor, string? path)
    {
        var buffer = stackalloc byte[LibCStat.Size];
        return LibCStat.Fill(descriptor, path, buffer) == 0 ? Read(buffer) : null;
    }

    /// <summary>
    /// From the kernel's <c>struct statx</c>: mode at 28, inode 32, size 40, birth time 80, modification time 112, device 136.
    /// </summary>
    public static unsafe FileStamp Read(byte* buffer)
    {
        var device = (ulong)*(uint*)(buffer + 136) << 32 | *(uint*)(buffer + 140);
        return See(
            new FileStamp(*(long*)(buffer + 40), Ticks(buffer + 112), Ticks(buffer + 80), device, *(ulong*)(buffer + 32),
                *(ushort*)(buffer + 28)));
    }

#if FAILPOINTS
    /// <summary>The crash explorer's own: what a file on a disk that it puts together is to be taken for.</summary>
    public static Func<FileStamp, FileStamp>? Seen { get; set; }

    private static FileStamp See(FileStamp stamp) => Seen?.Invoke(stamp) ?? stamp;
#else
    private static FileStamp See(FileStamp stamp) => stamp;
#endif

    private static unsafe long Ticks(byte* time) => *(long*)time * TimeSpan.TicksPerSecond + *(uint*)(time + 8) / 100;
}

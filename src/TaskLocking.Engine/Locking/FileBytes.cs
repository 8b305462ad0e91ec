using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>Positioned reads and writes, a durable flush, and files that are there whole or not at all.</summary>
internal static class FileBytes
{
    // No store comes near it, and one array holds it.
    private const long LongestWhole = 1 << 30;

    private const int IoError = 5;

    public static void Write(FileStream stream, SafeFileHandle handle, ReadOnlySpan<byte> bytes, long offset)
    {
        if (Failpoint.Fails("disk.write"))
            throw new IOException("Planted.", IoError);
#if NET
        RandomAccess.Write(handle, bytes, offset);
#else
        stream.Position = offset;
        var copy = bytes.ToArray();
        stream.Write(copy, 0, copy.Length);
        stream.Flush();
#endif
    }

    public static byte[] Read(FileStream stream, SafeFileHandle handle, long offset, int count)
    {
        var bytes = new byte[Math.Max(count, 0)];
        var filled = 0;
#if !NET
        stream.Flush();
#endif
        while (filled < bytes.Length)
        {
#if NET
            var read = RandomAccess.Read(handle, bytes.AsSpan(filled), offset + filled);
#else
            stream.Position = offset + filled;
            var read = stream.Read(bytes, filled, bytes.Length - filled);
#endif
            if (read == 0)
                return bytes.AsSpan(0, filled).ToArray();
            filled += read;
        }
        return bytes;
    }

    /// <summary>Reads once, as much as is there and fits.</summary>
    public static int Read(FileStream stream, SafeFileHandle handle, byte[] bytes, long offset)
    {
#if NET
        return RandomAccess.Read(handle, bytes, offset);
#else
        stream.Flush();
        stream.Position = offset;
        return stream.Read(bytes, 0, bytes.Length);
#endif
    }

    /// <summary>Makes the file's data durable. On Linux fdatasync, elsewhere what .NET does (F_FULLFSYNC, FlushFileBuffers).</summary>
    /// <exception cref="IOException">It may or may not be.</exception>
    public static void Flush(FileStream stream, SafeFileHandle handle)
    {
        if (Failpoint.Fails("disk.flush"))
            throw new IOException("Planted.", IoError);
        if (!LibC.IsLinux)
        {
            stream.Flush(flushToDisk: true);
            return;
        }
        var added = false;
        try
        {
            // A descriptor that another thread closes meanwhile could be anybody's a moment later.
            handle.DangerousAddRef(ref added);
            if (LibC.Flush((int)handle.DangerousGetHandle(), dataOnly: true) is var errno and not 0)
                throw new IOException("The flush failed with system error " + errno + ".", errno);
        }
        finally
        {
            if (added)
                handle.DangerousRelease();
        }
    }

    /// <summary>The whole file, or null if there is none. Somebody who has it to himself is waited for.</summary>
    /// <param name="path">A file of the store.</param>
    /// <param name="longest">In bytes; what is longer is refused by its name, not read.</param>
    /// <param name="patience">How long somebody who has it to himself is waited for, in milliseconds.</param>
    /// <exception cref="Diagnostics.TaskLockingException">UnsafeFile, and what the system said.</exception>
    public static byte[]? TryReadAll(string path, long longest = LongestWhole, int patience = 5000)
    {
        for (var backoff = new Backoff(TimeSpan.FromMilliseconds(patience)); ;)
        {
            try
            {
                using var stream = StoreFile.TryOpen(path, FileAccess.Read);
                if (stream is null)
                    return null;
                if (LibC.IsUnix && !IsShared(stream.SafeFileHandle))
                    throw new IOException("Somebody has the file to himself.", LibC.WouldBlock);
                if (stream.Length is var length && length > longest)
                    throw IoRefusal.TooLong(path, length, longest);
                return Read(stream, stream.SafeFileHandle, 0, (int)length);
            }
            catch (IOException exception) when (exception.HResult == LibC.WouldBlock || ShareModeLockFile.IsContention(exception.HResult))
            {
                if (!backoff.Pause(default))
                    throw IoRefusal.From(exception, path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw IoRefusal.From(exception, path);
            }
        }
    }

    /// <summary>Writes a durable file under a random name beside <paramref name="path"/>, with its rights, to be moved there.</summary>
    /// <param name="path">Whose place it is to take.</param>
    /// <param name="bytes">The content.</param>
    /// <param name="durable">Whether it must be on the disk before it is moved.</param>
    /// <param name="bound">Names the file that shows the same, if another does: see <see cref="StoreRights"/>.</param>
    public static string WriteBeside(string path, ReadOnlySpan<byte> bytes, bool durable = true, string? bound = null)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, "." + Path.GetFileName(path) + "." + Path.GetRandomFileName() + ".tmp");
        try
        {
            using var stream = StoreFile.Create(temporary, path, bound);
            Write(stream, stream.SafeFileHandle, bytes, 0);
            if (durable && !Diagnostics.PlantedBug.RenameUnflushed)
                Flush(stream, stream.SafeFileHandle);
            return temporary;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw IoRefusal.From(exception, path);
        }
    }

    /// <summary>Puts a file in the place of another in one step.</summary>
    /// <exception cref="Diagnostics.TaskLockingException">What the system said; it was not done.</exception>
    public static void Replace(string source, string target)
    {
        try
        {
            Rename(source, target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, target);
        }
    }

    /// <summary>The same for who asks what stood in the way.</summary>
    /// <exception cref="IOException">It was not done.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be done.</exception>
    public static void Rename(string source, string target)
    {
        if (Failpoint.Fails("disk.rename"))
            throw new IOException("Planted.", IoError);
#if NET
        File.Move(source, target, overwrite: true);
#else
        if (File.Exists(target))
            File.Replace(source, target, null);
        else
            File.Move(source, target);
#endif
    }

    /// <summary>Whether a refusal to read tells that somebody has the file to himself.</summary>
    public static bool IsBusy(Diagnostics.TaskLockingException refused) =>
        refused.InnerException is IOException busy && (busy.HResult == LibC.WouldBlock || ShareModeLockFile.IsContention(busy.HResult));

    // A .NET program that writes the file, and opened it for itself alone, has locked it.
    private static bool IsShared(SafeFileHandle handle) => LibC.TryShare((int)handle.DangerousGetHandle()) != LibC.WouldBlock;

    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A leftover under a random name harms nobody.
        }
    }
}

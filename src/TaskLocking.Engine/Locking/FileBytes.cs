using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using TaskLocking.Faults;

namespace TaskLocking.Locking;

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
        if (LibCFile.HasPlaces)
        {
            if (!stream.CanWrite)
                throw new NotSupportedException("The file is open for reading only.");
            var added = false;
            try
            {
                handle.DangerousAddRef(ref added);
                if (LibCFile.Write((int)handle.DangerousGetHandle(), bytes, offset) is var errno and not 0)
                    throw new IOException("The write failed with system error " + errno + ".", errno);
            }
            finally
            {
                if (added)
                    handle.DangerousRelease();
            }
            return;
        }
#if NET
        RandomAccess.Write(handle, bytes, offset);
#else
        stream.Position = offset;
        var copy = bytes.ToArray();
        stream.Write(copy, 0, copy.Length);
        stream.Flush();
#endif
    }

    /// <summary>Cuts a file, or lengthens it by zeros.</summary>
    public static void SetLength(FileStream stream, long length)
    {
        if (!LibCFile.HasPlaces || !stream.CanWrite)
            stream.SetLength(length);
        else if (LibCFile.SetLength((int)stream.SafeFileHandle.DangerousGetHandle(), length) is var errno and not 0)
            throw new IOException("The cut failed with system error " + errno + ".", errno);
    }

    public static byte[] Read(FileStream stream, SafeFileHandle handle, long offset, int count)
    {
        var bytes = LargeArray.Of(Math.Max(count, 0));
        var filled = 0;
        while (filled < bytes.Length)
        {
            var read = Read(stream, handle, bytes.AsSpan(filled), offset + filled);
            if (read == 0)
                return bytes.AsSpan(0, filled).ToArray();
            filled += read;
        }
        return bytes;
    }

    /// <summary>Reads once, as much as is there and fits.</summary>
    public static int Read(FileStream stream, SafeFileHandle handle, Span<byte> bytes, long offset)
    {
        if (LibCFile.HasPlaces)
        {
            var added = false;
            try
            {
                handle.DangerousAddRef(ref added);
                var read = LibCFile.Read((int)handle.DangerousGetHandle(), bytes, offset);
                return read >= 0 ? read : throw new IOException("The read failed with system error " + -read + ".", -read);
            }
            finally
            {
                if (added)
                    handle.DangerousRelease();
            }
        }
#if NET
        return RandomAccess.Read(handle, bytes, offset);
#else
        var copy = new byte[bytes.Length];
        stream.Flush();
        stream.Position = offset;
        var count = stream.Read(copy, 0, copy.Length);
        copy.AsSpan(0, count).CopyTo(bytes);
        return count;
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
    /// <exception cref="TaskLockingException">UnsafeFile, and what the system said.</exception>
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
            if (durable && !Faults.PlantedBug.RenameUnflushed)
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
    /// <exception cref="TaskLockingException">What the system said; it was not done.</exception>
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
        if (LibC.IsLinux)
        {
            if (LibCFile.Rename(source, target) is var errno and not 0)
                throw new IOException("The rename failed with system error " + errno + ".", errno);
            return;
        }
        if (!LibC.IsUnix)
        {
            RenameOnWindows(source, target);
            return;
        }
#if NET
        File.Move(source, target, overwrite: true);
#else
        throw new PlatformNotSupportedException("PowerShell on this system has the other build.");
#endif
    }

    // A scanner, or who looks just now, is soon gone; who keeps the file open is told to the caller, who may have others waiting.
    private static void RenameOnWindows(string source, string target)
    {
        for (var moment = Backoff.OnDemand(TimeSpan.FromMilliseconds(10), longestSleep: 1); ;)
        {
            var error = WindowsFile.Rename(source, target);
            if (error == 0)
                return;
            if (error is WindowsFile.SharingViolation or WindowsFile.AccessDenied && moment.Pause(default))
                continue;
            var message = $"The rename to '{target}' failed with system error {error}.";
            throw error switch
            {
                WindowsFile.AccessDenied => new UnauthorizedAccessException(message),
                WindowsFile.FileNotFound => new FileNotFoundException(message),
                WindowsFile.PathNotFound => new DirectoryNotFoundException(message),
                _ => new IOException(message, unchecked((int)0x80070000) | error),
            };
        }
    }

    /// <summary>Whether a refusal to read tells that somebody has the file to himself.</summary>
    public static bool IsBusy(TaskLockingException refused) =>
        refused.InnerException is IOException busy && (busy.HResult == LibC.WouldBlock || ShareModeLockFile.IsContention(busy.HResult));

    // A .NET program that writes the file, and opened it for itself alone, has locked it.
    private static bool IsShared(SafeFileHandle handle) => LibC.TryShare((int)handle.DangerousGetHandle()) != LibC.WouldBlock;

    public static void TryDelete(string path)
    {
        try
        {
            if (LibC.IsLinux)
                _ = LibCFile.Delete(path);
            else
                File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A leftover under a random name harms nobody.
        }
    }
}

using System;
using System.IO;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>
/// Which file was last published or adopted as the document, and the version that it stands for: so nobody has to read the document to
/// see that it is ours. Written under the state lock; torn or missing means only that the document is read.
/// </summary>
/// <param name="Version">What the document shows.</param>
/// <param name="Stamp">What the document's file is.</param>
/// <param name="Cost">How long it took to publish it, in microseconds: the pause until the next is the same for all processes.</param>
internal sealed record PublishedStamp(long Version, FileStamp Stamp, long Cost = 0)
{
    private const int Length = 384;

    public static PublishedStamp? Read(StorePaths paths)
    {
        uint chain = 0;
        if (FileBytes.TryReadAll(paths.Published) is not { } line || !JournalLine.Verify(line, ref chain))
            return null;
        long Number(ReadOnlySpan<byte> name) => JournalLine.Number(line, name) ?? -1;
        return new PublishedStamp(Number("version"u8), new FileStamp(
            Number("length"u8), Number("modified"u8), Number("created"u8), (ulong)Number("device"u8), (ulong)Number("inode"u8), (int)Number("mode"u8)), Number("cost"u8));
    }

    public void Write(StorePaths paths)
    {
        using var file = Open(paths);
        Write(file);
    }

    /// <summary>The file, to be written to under the lock; null if it cannot be. Needs no lock itself.</summary>
    public static FileStream? Open(StorePaths paths)
    {
        try
        {
            if (!File.Exists(paths.Published))
                PlatformFile.Create(paths.Published);
            return new FileStream(paths.Published, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            return null;
        }
    }

    /// <summary>Writes in place: a file of its own and a rename would keep the lock for milliseconds. Who reads half of it sees that by the checksum.</summary>
    public void Write(FileStream? file)
    {
        var line = new ByteBuffer(Length);
        line.Write($"{{\"version\":{Version},\"length\":{Stamp.Length},\"modified\":{Stamp.Modified},\"created\":{Stamp.Created},\"device\":{(long)Stamp.Device},\"inode\":{(long)Stamp.Inode},\"mode\":{Stamp.Mode},\"cost\":{Cost}");
        // One length for all, so that nothing is left behind a shorter one.
        while (line.Length < Length - JournalLine.TailLength)
            line.Write(" "u8);
        JournalLine.Seal(line, 0);
        try
        {
            if (file is null)
                return;
            if (file.Length > line.Length)
                file.SetLength(line.Length);
            FileBytes.Write(file, file.SafeFileHandle, line.Written, 0);
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }

    // It is a hint that saves time; without it the document is read.
    private static bool IsHarmless(Exception exception) => exception is IOException or UnauthorizedAccessException or Diagnostics.TaskLockingException;
}

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
        var line = new ByteBuffer(256);
        line.Write($"{{\"version\":{Version},\"length\":{Stamp.Length},\"modified\":{Stamp.Modified},\"created\":{Stamp.Created},\"device\":{(long)Stamp.Device},\"inode\":{(long)Stamp.Inode},\"mode\":{Stamp.Mode},\"cost\":{Cost}");
        JournalLine.Seal(line, 0);
        try
        {
            FileBytes.Replace(FileBytes.WriteBeside(paths.Published, line.Written, durable: false), paths.Published);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Diagnostics.TaskLockingException)
        {
            // A hint that saves time; without it the document is read.
        }
    }
}

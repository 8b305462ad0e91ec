using System;
using System.IO;
using System.Text.Json;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>
/// Which file was last published or adopted as the document, and the version that it stands for: so nobody has to read the document to
/// see that it is ours. Written under the state lock; torn or missing means only that the document is read.
/// </summary>
internal sealed record PublishedStamp(long Version, FileStamp Stamp)
{
    public static PublishedStamp? Read(StorePaths paths)
    {
        try
        {
            if (FileBytes.TryReadAll(paths.Published) is not { } bytes)
                return null;
            uint chain = 0;
            if (!JournalLine.Verify(bytes, ref chain))
                return null;
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            return new PublishedStamp(root.GetProperty("version").GetInt64(), new FileStamp(
                root.GetProperty("length").GetInt64(), root.GetProperty("modified").GetInt64(), root.GetProperty("created").GetInt64(),
                root.GetProperty("device").GetUInt64(), root.GetProperty("inode").GetUInt64(), root.GetProperty("mode").GetInt32()));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Write(StorePaths paths)
    {
        var line = new ByteBuffer(256);
        line.Write($"{{\"version\":{Version},\"length\":{Stamp.Length},\"modified\":{Stamp.Modified},\"created\":{Stamp.Created},\"device\":{Stamp.Device},\"inode\":{Stamp.Inode},\"mode\":{Stamp.Mode}");
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

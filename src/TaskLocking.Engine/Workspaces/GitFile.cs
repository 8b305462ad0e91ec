using System;
using System.IO;
using System.Text;
using TaskLocking.Locking;

namespace TaskLocking.Workspaces;

/// <summary>Reads the small files of git: nothing that could keep us waiting or has no end, be it by a link.</summary>
internal static class GitFile
{
    /// <summary>The text; null if there is no such file, it is empty or too long, no plain file, or it cannot be read.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="longest">In bytes.</param>
    public static string? Read(string file, int longest)
    {
        // FIFOs, devices and sockets have no length.
        if (FileStamp.Of(file) is not { } stamp || stamp.Length < 1 || stamp.Length > longest
            || (LibC.IsLinux && !FileFacts.IsOfPlain(stamp)))
            return null;
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            // It may grow meanwhile.
            var bytes = new byte[stamp.Length];
            var length = 0;
            while (length < bytes.Length && stream.Read(bytes, length, bytes.Length - length) is var count and > 0)
                length += count;
            using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

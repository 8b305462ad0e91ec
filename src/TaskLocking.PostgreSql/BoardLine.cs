using System;
using System.Text;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.PostgreSql;

/// <summary>
/// A line of the journal as the database keeps it: the same JSON as in a folder, without the version, which is drawn when it is written,
/// and without the checksum, for the database has its own.
/// </summary>
internal static class BoardLine
{
    private const int VersionAt = 5; // behind {"v":

    /// <summary>The text of a line that is not sealed yet.</summary>
    public static string TextOf(ByteBuffer line)
    {
        var from = line.Written[VersionAt..].IndexOf((byte)',') + VersionAt + 1;
        return string.Concat("{", Encoding.UTF8.GetString(line.Written[from..]), "}");
    }

    /// <summary>The line as a state takes it.</summary>
    public static ReadOnlyMemory<byte> Of(long version, string text)
    {
        var line = new ByteBuffer(text.Length + 64);
        line.Write("{\"v\":"u8);
        line.Write(version);
        line.Write(","u8);
        line.Write(text[1..^1]);
        _ = JournalLine.Seal(line, 0);
        return line.WrittenMemory;
    }
}

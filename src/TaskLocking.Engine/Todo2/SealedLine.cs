using System;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// A line of the archive: a JSON object whose last member is a checksum over what is before it. A person can read it, and nobody takes a
/// damaged one for a whole one.
/// <code>{…,"crc":"0123abcd"}</code>
/// </summary>
internal static class SealedLine
{
    private const int TailLength = 19; // ,"crc":"0123abcd"} and the line feed

    /// <summary>Ends a line whose members were written without the closing brace.</summary>
    /// <param name="target">Where it is.</param>
    /// <param name="start">Where it begins.</param>
    public static void Seal(ByteBuffer target, int start)
    {
        Span<byte> digits = stackalloc byte[8];
        JournalLine.WriteHex(Crc32C.Append(0, target.Written[start..]), digits);
        target.Write(",\"crc\":\""u8);
        target.Write(digits);
        target.Write("\"}\n"u8);
    }

    /// <summary>Whether a line, with its line feed, is as it was written.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> line)
    {
        if (line.Length <= TailLength || line[0] != '{' || line[^1] != '\n')
            return false;
        var tail = line[^TailLength..];
        return tail.StartsWith(",\"crc\":\""u8) && JournalLine.TryReadHex(tail.Slice(8, 8), out var told)
            && Crc32C.Append(0, line[..^TailLength]) == told;
    }
}

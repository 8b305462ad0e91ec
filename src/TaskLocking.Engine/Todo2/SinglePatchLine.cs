using System;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// What nearly every line of a journal is, found by its bytes alone: one patch of one todo. The patch reaches up to the bracket before the
/// checksum.
/// </summary>
internal readonly ref struct SinglePatchLine
{
    private const int LongestVersion = 16; // in digits

    public long Version { get; private init; }

    /// <summary>The time of the commit, as a document writes it.</summary>
    public ReadOnlySpan<byte> Time { get; private init; }

    /// <summary>Of the todo, without quotes and without escapes.</summary>
    public ReadOnlySpan<byte> Id { get; private init; }

    /// <summary>The operation as the line has it.</summary>
    public ReadOnlySpan<byte> Operation { get; private init; }

    /// <summary>Reads a whole line; false if it is anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out SinglePatchLine patch)
    {
        patch = default;
        var at = 0;
        if (!JsonScan.Skip(line, ref at, "{\"v\":"u8))
            return false;
        long version = 0;
        for (var digits = 0; line[at] is >= (byte)'0' and <= (byte)'9' && digits < LongestVersion; at++, digits++)
            version = version * 10 + (line[at] - '0');
        if (!JsonScan.Skip(line, ref at, ",\"t\":"u8))
            return false;
        var time = at + 1;
        at = JsonScan.String(line, at);
        if (at - 1 - time != Timestamp.Length || !JsonScan.Skip(line, ref at, ",\"by\":"u8))
            return false;
        at = JsonScan.String(line, at);
        if (!JsonScan.Skip(line, ref at, ",\"n\":1,\"op\":["u8))
            return false;
        var start = at;
        if (!JsonScan.Skip(line, ref at, "{\"id\":"u8))
            return false;
        var id = line[(at + 1)..(JsonScan.String(line, at) - 1)];
        at += id.Length + 2;
        if (!JsonScan.Skip(line, ref at, ",\"set\":"u8) || id.Length == 0 || id.IndexOf((byte)'\\') >= 0)
            return false;
        patch = new SinglePatchLine
        {
            Version = version,
            Time = line.Slice(time, Timestamp.Length),
            Id = id,
            Operation = line[start..(line.Length - JournalLine.TailLength - 1)],
        };
        return true;
    }
}

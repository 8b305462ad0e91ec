using System;
using System.Globalization;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// The frame of a journal's line: a JSON object whose last member is the checksum, eight hexadecimal digits over everything before it,
/// chained over the predecessor: <c>{…,"c":"9f3a0c11"}</c> and a line feed. A line is the unit of atomicity.
/// </summary>
internal static class JournalLine
{
    /// <summary>Length of <c>,"c":"9f3a0c11"}</c> and the line feed.</summary>
    public const int TailLength = 17;

    private const int HeadLength = 160; // about
    private const int VersionAt = 5; // behind {"v":
    private const int DigitsFromEnd = 11;
    private const int LongestVersion = 16; // in digits

    /// <summary>A commit's line without its checksum.</summary>
    /// <param name="version">The commit.</param>
    /// <param name="operations">The elements of its <c>op</c>.</param>
    /// <param name="now">Its time.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="isSingle">Whether it is one operation; the line says so, and a reader need not look for its end.</param>
    public static ByteBuffer Of(long version, ReadOnlySpan<byte> operations, DateTimeOffset now, string by, bool isSingle = false)
    {
        var line = Begin(version, now, by, isSingle, operations.Length + HeadLength);
        line.Write(operations);
        line.Write("]"u8);
        return line;
    }

    /// <summary>The same up to where its operations begin; a bracket ends them.</summary>
    public static ByteBuffer Begin(long version, DateTimeOffset now, string by, bool isSingle, int capacity)
    {
        var line = new ByteBuffer(capacity);
        line.Write("{\"v\":"u8);
        line.Write(version);
        line.Write(",\"t\":\""u8);
        Timestamp.Write(line, now);
        line.Write("\",\"by\":"u8);
        line.WriteQuoted(by);
        if (isSingle)
            line.Write(",\"n\":1"u8);
        line.Write(",\"op\":["u8);
        return line;
    }

    /// <summary>Gives a line that was begun another version; false where that has another length, and nothing is changed.</summary>
    public static bool TrySetVersion(ByteBuffer line, long version)
    {
        var end = VersionAt;
        while (line.Written[end] is >= (byte)'0' and <= (byte)'9')
            end++;
        Span<byte> digits = stackalloc byte[end - VersionAt];
        for (var i = digits.Length - 1; i >= 0; i--, version /= 10)
            digits[i] = (byte)('0' + version % 10);
        if (version > 0 || digits[0] == '0')
            return false;
        line.Overwrite(VersionAt, digits);
        return true;
    }

    /// <summary>Ends a line whose members were written without the closing brace; gives its checksum.</summary>
    public static uint Seal(ByteBuffer line, uint chain)
    {
        var checksum = Crc32C.Append(chain, line.Written);
        var tail = line.GetSpan(TailLength);
        ",\"c\":\""u8.CopyTo(tail);
        WriteHex(checksum, tail[6..]);
        "\"}\n"u8.CopyTo(tail[14..]);
        line.Advance(TailLength);
        return checksum;
    }

    /// <summary>
    /// Whether a line (with its line feed) is whole and follows <paramref name="chain"/>, which then becomes its checksum.
    /// </summary>
    public static bool Verify(ReadOnlySpan<byte> line, ref uint chain)
    {
        if (!HasFrame(line) || !TryReadHex(line[^DigitsFromEnd..^3], out var told))
            return false;
        var checksum = Crc32C.Append(chain, line[..^TailLength]);
        if (checksum != told)
            return false;
        chain = checksum;
        return true;
    }

    /// <summary>Whether a line at least ends as one that was written whole.</summary>
    public static bool HasFrame(ReadOnlySpan<byte> line) =>
        line.Length > TailLength && line[0] == '{' && line[^TailLength..^DigitsFromEnd].SequenceEqual(",\"c\":\""u8)
            && line[^3..].SequenceEqual("\"}\n"u8);

    /// <summary>Whether these are the last bytes, as many as <see cref="TailLength"/>, of a line with this checksum.</summary>
    public static bool IsTail(ReadOnlySpan<byte> tail, uint chain) =>
        tail[0] == ',' && tail[^1] == '\n' && TryReadHex(tail[^DigitsFromEnd..^3], out var told) && told == chain;

    /// <summary>
    /// The version of a commit's line, and where its time stands, by the bytes alone; the place moves behind its author. False for a line
    /// that does not begin as those of commits do.
    /// </summary>
    public static bool TryReadHead(ReadOnlySpan<byte> line, ref int at, out long version, out Range time)
    {
        (version, time) = (0, default);
        if (!JsonScan.Skip(line, ref at, "{\"v\":"u8))
            return false;
        for (var digits = 0; line[at] is >= (byte)'0' and <= (byte)'9' && digits < LongestVersion; at++, digits++)
            version = version * 10 + (line[at] - '0');
        if (!JsonScan.Skip(line, ref at, ",\"t\":"u8))
            return false;
        var start = at + 1;
        at = JsonScan.String(line, at);
        time = start..(at - 1);
        if (at - 1 - start != Timestamp.Length || !JsonScan.Skip(line, ref at, ",\"by\":"u8))
            return false;
        at = JsonScan.String(line, at);
        return true;
    }

    /// <summary>The number under a top-level name, or null.</summary>
    public static long? Number(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        var reader = JsonReading.Of(line);
        return Find(ref reader, name) && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;
    }

    /// <summary>The string under a top-level name, or null.</summary>
    public static string? Text(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        var reader = JsonReading.Of(line);
        return Find(ref reader, name) && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    private static bool Find(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
                return true;
            reader.Skip();
        }
        return false;
    }

    public static void WriteHex(uint value, Span<byte> digits)
    {
        for (var i = 7; i >= 0; i--, value >>= 4)
            digits[i] = (byte)"0123456789abcdef"[(int)(value & 15)];
    }

    public static bool TryReadHex(ReadOnlySpan<byte> digits, out uint value)
    {
        value = 0;
        if (digits.Length != 8)
            return false;
        foreach (var digit in digits)
        {
            var nibble = digit is >= (byte)'0' and <= (byte)'9' ? digit - '0' : digit is >= (byte)'a' and <= (byte)'f' ? digit - 'a' + 10
                : -1;
            if (nibble < 0)
                return false;
            value = value << 4 | (uint)nibble;
        }
        return true;
    }

    public static string Hex(uint value) => value.ToString("x8", CultureInfo.InvariantCulture);
}

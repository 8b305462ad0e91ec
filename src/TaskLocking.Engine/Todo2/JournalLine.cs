using System;
using System.Globalization;
using System.Text.Json;

namespace TaskLocking.Storage;

/// <summary>
/// The frame of a journal's line: a JSON object whose last member is the checksum, eight hexadecimal digits over everything before it,
/// chained over the predecessor: <c>{…,"c":"9f3a0c11"}</c> and a line feed. A line is the unit of atomicity.
/// </summary>
internal static class JournalLine
{
    /// <summary>Length of <c>,"c":"9f3a0c11"}</c> and the line feed.</summary>
    public const int TailLength = 17;

    private const int DigitsFromEnd = 11;

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

using System;
using TaskLocking.Todo2;

namespace TaskLocking.FileStore;

/// <summary>
/// What stands behind the last whole line of a journal, told apart: a torn line is what a killed writer, a full disk or a power loss
/// leaves of a commit that nobody was told of, and may be cut; anything else was whole once, and is never cut.
/// </summary>
/// <remarks>
/// A killed writer leaves a beginning of a line. A power loss leaves zeros where a sector was not written. Both lack what a line that was
/// written to its end has: its frame, which at most two flipped bits make hard to see.
/// </remarks>
internal static class TornTail
{
    private const int Page = 4096;
    private const int Sector = 512;
    private const int Flips = 2;

    /// <summary>Whether acknowledged commits may be among the bytes.</summary>
    /// <param name="tail">What follows the last whole line, to the end of the journal.</param>
    /// <param name="offset">Where in the journal it begins.</param>
    public static bool IsDamage(ReadOnlySpan<byte> tail, long offset)
    {
        // After a power loss, pages that nobody had flushed may read as zeros before others that were written: nothing there was
        // acknowledged.
        if (IsZero(tail[..Math.Min(tail.Length, Page)]))
            return false;
        for (var start = 0; start < tail.Length;)
        {
            var end = tail[start..].IndexOf((byte)'\n') is var at and >= 0 ? start + at + 1 : tail.Length;
            var line = tail[start..end];
            // Others append behind a line whose flush is on its way. What brings theirs to the disk brings this one: where it lacks a
            // sector, theirs were not acknowledged either, however whole they are.
            if (start == 0 && HasLostSector(line, offset))
                return false;
            if (WasWhole(line))
                return true;
            start = end;
        }
        return false;
    }

    private static bool WasWhole(ReadOnlySpan<byte> line)
    {
        if (line.Length <= JournalLine.TailLength)
            return false;
        var frame = ",\"c\":\"........\"}\n"u8;
        var end = line[^JournalLine.TailLength..];
        var wrong = Bits((byte)(line[0] ^ '{'));
        for (var i = 0; i < frame.Length; i++)
            wrong += frame[i] == '.' ? 0 : Bits((byte)(end[i] ^ frame[i]));
        return wrong <= Flips;
    }

    // Zeros from the line's beginning, or a sector's, to the end of a sector, or of the line.
    private static bool HasLostSector(ReadOnlySpan<byte> line, long offset)
    {
        for (var start = 0; start < line.Length; start++)
        {
            if (line[start] != 0)
                continue;
            var end = start;
            while (end < line.Length && line[end] == 0)
                end++;
            if ((start == 0 || (offset + start) % Sector == 0) && (end == line.Length || (offset + end) % Sector == 0))
                return true;
            start = end;
        }
        return false;
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value != 0)
                return false;
        }
        return true;
    }

    private static int Bits(byte value)
    {
        var count = 0;
        for (int rest = value; rest != 0; rest &= rest - 1)
            count++;
        return count;
    }
}

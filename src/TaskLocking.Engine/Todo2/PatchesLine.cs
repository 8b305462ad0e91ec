using System;
using System.Collections.Generic;

namespace TaskLocking.Todo2;

/// <summary>
/// A line of several patches that each tell how far the work on a task is, as where one task ends and the next one begins: read by its
/// bytes alone. False for any other line.
/// </summary>
internal static class PatchesLine
{
    /// <param name="line">With its checksum and line feed.</param>
    /// <param name="version">The commit.</param>
    /// <param name="time">Its time, as a document writes it.</param>
    /// <param name="patches">Gets where in the line the operations stand, and what each tells.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, out long version, out Range time, List<(Range, PatchGlance)> patches)
    {
        patches.Clear();
        var at = 0;
        if (!JournalLine.TryReadHead(line, ref at, out version, out time) || !JsonScan.Skip(line, ref at, ",\"op\":["u8))
            return false;
        var end = line.Length - JournalLine.TailLength - 1;
        for (var start = at; PatchGlance.TryRead(line, ref at, out var glance); start = ++at)
        {
            // A history is a list of flat objects: no text in it reads like that, for quotes are escaped there.
            var next = line[at..end].IndexOf("]},{\""u8);
            at = next < 0 ? end : at + next + 2;
            patches.Add((start..at, glance));
            if (next < 0)
                return line[..end].EndsWith("]}"u8);
        }
        return false;
    }
}

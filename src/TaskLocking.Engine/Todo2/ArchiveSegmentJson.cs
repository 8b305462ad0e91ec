using System;
using System.Collections.Generic;
using System.Globalization;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// Parts of the archive as JSON, in the journal and in the document. What one holds is told in texts of a number, a status and a swarm,
/// <c>12 Done alpha</c>; without a swarm the text ends behind the status.
/// </summary>
internal static class ArchiveSegmentJson
{
    public static string Write(ArchiveSegment segment)
    {
        var tallies = new List<string>(segment.Tallies.Count);
        foreach (var tally in segment.Tallies)
            tallies.Add(tally.Count.ToString(CultureInfo.InvariantCulture) + " " + tally.Status
                + (tally.Swarm is null ? "" : " " + tally.Swarm));
        return new JsonText().Add("name", segment.Name).Add("count", (long)segment.Count).Add("at", segment.At).Add("holds", tallies)
            .Add("left", segment.Left).Add("replaces", segment.Replaces).ToString();
    }

    /// <summary>Null for what is none.</summary>
    public static ArchiveSegment? Read(RecordFields fields)
    {
        if (fields.Text("name") is not { Length: > 0 } name || fields.Number("count") is not { } count)
            return null;
        var tallies = new List<ArchiveTally>();
        foreach (var text in fields.List("holds"))
        {
            if (Tally(text) is not { } tally)
                return null;
            tallies.Add(tally);
        }
        return new ArchiveSegment(name, (int)Math.Min(count, int.MaxValue), fields.Time("at") ?? default,
            FixedList<string>.Of(fields.List("replaces")), tallies, FixedList<string>.Of(fields.List("left")));
    }

    private static ArchiveTally? Tally(string text)
    {
        var parts = text.Split([' '], 3);
        return parts.Length < 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !Enum.TryParse<AgentTaskStatus>(parts[1], out var status) ? null
            : new ArchiveTally(parts.Length == 3 ? parts[2] : null, status, count);
    }
}

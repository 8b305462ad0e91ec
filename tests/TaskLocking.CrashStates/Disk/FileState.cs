using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.CrashStates.Disk;

/// <summary>
/// What the disk may have of one file. Each sector of 512 bytes has come as far as some change: at least to what the last flush brought
/// there, at most to the last change that was begun; the length likewise, for itself. What was never written within it is zeros.
/// </summary>
/// <remarks>
/// A flush that failed has dropped its pages, or has not: they count as clean from then on, so a later flush that succeeds says nothing
/// of them, unless something was written to the same page of 4,096 bytes in between, or it would have been told of the failure
/// (<see cref="Flush.Refutes"/>).
/// </remarks>
internal static class FileState
{
    public const int Sector = 512;
    private const int Page = 4096;

    /// <summary>Puts the file together.</summary>
    /// <param name="file">The file.</param>
    /// <param name="moment">When the power failed.</param>
    /// <param name="choice">What is kept.</param>
    /// <param name="kept">How many of how many unflushed changes the length has come to, and how many sectors are behind.</param>
    public static byte[] Of(Node file, long moment, Choice choice, out string kept)
    {
        var changes = file.Changes.TakeWhile(change => change.Start < moment).ToList();
        var (sure, doubtful) = Sure(file, changes, moment);
        var most = changes.Count;
        var length = 0L;
        var reached = sure == most ? most : choice.Reached(file, sure, most);
        var reaches = new Dictionary<long, int>();
        var whole = new byte[changes.Select(change => change.End).DefaultIfEmpty().Max()];
        var result = new byte[whole.Length];
        var (now, behind) = (0L, 0);
        for (var index = 0; index < most; index++)
        {
            var change = changes[index];
            var (from, to) = (change.Offset, change.End);
            if (change.Bytes is { } bytes)
                bytes.CopyTo(whole, change.Offset);
            else if (change.Offset < now)
                whole.AsSpan((int)change.Offset, (int)((to = now) - change.Offset)).Clear();
            now = change.Bytes is null ? change.Offset : Math.Max(now, change.End);
            if (index < reached)
                length = now;
            for (var sector = from / Sector; sector * Sector < to; sector++)
            {
                if (!reaches.TryGetValue(sector, out var until))
                {
                    var least = doubtful.GetValueOrDefault(sector, sure);
                    reaches[sector] = until = least == most ? most : choice.Reached(file, least, most);
                    behind += until < most ? 1 : 0;
                }
                if (index >= until)
                    continue;
                var start = (int)(sector * Sector);
                whole.AsSpan(start, Math.Min(Sector, whole.Length - start)).CopyTo(result.AsSpan(start));
            }
        }
        kept = sure == most && doubtful.Count == 0 ? ""
            : $"{file}: length of change {reached} of {most}, {sure} flushed, {behind} of {reaches.Count} sectors behind";
        Array.Resize(ref result, (int)length);
        return result;
    }

    // How many changes are on the disk, and the sectors that a failed flush leaves at fewer.
    private static (int Sure, Dictionary<long, int> Doubtful) Sure(Node file, List<DataChange> changes, long moment)
    {
        var doubts = new List<(Flush Failed, int Covered, Dictionary<long, int> Sectors)>();
        var flushes = file.Flushes.Where(flush => flush.End < moment).OrderBy(flush => flush.End).ToList();
        var sure = 0;
        foreach (var flush in flushes)
        {
            var covered = changes.FindIndex(change => change.Start >= flush.Start) is var index and >= 0 ? index : changes.Count;
            if (flush.Failed)
            {
                var dropped = changes.Take(covered).Skip(sure).SelectMany(change => Units(change, Sector)).Distinct();
                doubts.Add((flush, covered, dropped.ToDictionary(sector => sector, _ => sure)));
                continue;
            }
            doubts.RemoveAll(doubt => flush.Refutes(doubt.Failed, flushes));
            foreach (var (_, failed, sectors) in doubts)
            {
                // Of what was written since it failed, whole pages came along.
                foreach (var page in changes.Take(covered).Skip(failed).SelectMany(change => Units(change, Page)))
                {
                    for (var sector = page * (Page / Sector); sector < (page + 1) * (Page / Sector); sector++)
                        sectors.Remove(sector);
                }
            }
            sure = Math.Max(sure, covered);
        }
        var doubtful = new Dictionary<long, int>();
        foreach (var (sector, least) in doubts.SelectMany(doubt => doubt.Sectors))
            doubtful[sector] = Math.Min(least, doubtful.GetValueOrDefault(sector, least));
        return (sure, doubtful);
    }

    private static IEnumerable<long> Units(DataChange change, int size)
    {
        for (var unit = change.Offset / size; unit * size < change.End; unit++)
            yield return unit;
    }
}

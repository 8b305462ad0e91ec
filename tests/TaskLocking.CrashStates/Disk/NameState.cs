using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.CrashStates.Disk;

/// <summary>
/// Which names the disk may have. What was changed before a folder was flushed is there; of the rest any part, as long as what happened to
/// one name happened in its order. A rename is one step; a flush of either of its folders is enough for it. A file that was flushed has
/// no name by that: only the flush of its folder gives it one, as POSIX has it.
/// </summary>
internal static class NameState
{
    /// <param name="recording">What happened.</param>
    /// <param name="moment">When the power failed.</param>
    /// <param name="choice">What is kept.</param>
    /// <param name="dropped">What is not there.</param>
    public static Dictionary<Entry, Node> Of(Recording recording, long moment, Choice choice, out List<NameChange> dropped)
    {
        var changes = recording.Names.TakeWhile(change => change.Start < moment).ToList();
        var isSure = new bool[changes.Count];
        var needed = new HashSet<Entry>();
        for (var index = changes.Count - 1; index >= 0; index--)
        {
            var entries = EntriesOf(changes[index]).ToList();
            isSure[index] = entries.Exists(needed.Contains) || entries.Exists(entry => IsFlushed(entry.Folder, changes[index], moment));
            if (isSure[index])
                needed.UnionWith(entries);
        }
        var names = new Dictionary<Entry, Node>();
        var stuck = new HashSet<Entry>();
        dropped = [];
        for (var index = 0; index < changes.Count; index++)
        {
            var change = changes[index];
            if (!isSure[index] && (EntriesOf(change).Any(stuck.Contains) || !choice.KeepsName()))
            {
                stuck.UnionWith(EntriesOf(change));
                dropped.Add(change);
                continue;
            }
            if (change.From is { } from)
                names.Remove(from);
            if (change.To is { } to)
                names[to] = change.Node;
        }
        return names;
    }

    private static bool IsFlushed(Node folder, NameChange change, long moment) =>
        folder.Flushes.Exists(flush => !flush.Failed && flush.Start > change.Start && flush.End < moment);

    private static IEnumerable<Entry> EntriesOf(NameChange change)
    {
        if (change.From is { } from)
            yield return from;
        if (change.To is { } to)
            yield return to;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.FileStore;

/// <summary>
/// Entries of a history that have left our todo and stand in what others wrote from before that: they are in the archive, and neither new
/// nor to come back.
/// </summary>
/// <param name="mine">Our todo.</param>
/// <param name="moved">What has left it.</param>
/// <param name="archive">Where that is, to be read for entries that nobody knows; null where it is known what was there before.</param>
internal sealed class MovedEntries(TodoEntry mine, MovedHistory moved, IHistoryArchive? archive)
{
    private readonly HashSet<string> _kept = Keys(TodoHistory.Entries(mine.Json));
    private readonly Dictionary<HistoryPart, HashSet<string>> _read = [];

    /// <summary>Null where nothing has left our todo.</summary>
    public static MovedEntries? Of(TodoEntry? mine, ITaskArchive? archive) => mine is null || archive is null
        || TodoHistory.Moved(mine.Json) is not { } moved ? null : new MovedEntries(mine, moved, archive.Histories);

    /// <summary>Another todo of its id without them.</summary>
    /// <param name="other">The todo.</param>
    /// <param name="seen">
    /// What it was made from, if that is certain: what is not there was added since, and only by its time can it be one of them.
    /// </param>
    /// <param name="hadAny">Whether it had any.</param>
    public TodoEntry Without(TodoEntry other, TodoEntry? seen, out bool hadAny)
    {
        var entries = TodoHistory.Entries(other.Json);
        var keys = entries.ConvertAll(entry => JsonKey.Of(entry.Value));
        var unknown = new HashSet<string>(keys, StringComparer.Ordinal);
        unknown.ExceptWith(_kept);
        if (seen is null)
            unknown.IntersectWith(Found(unknown));
        else
        {
            var before = Keys(TodoHistory.Entries(seen.Json));
            var added = entries.Where((entry, at) => unknown.Contains(keys[at]) && !before.Contains(keys[at])
                && TaskHistory.Entry(other.Id, entry)?.Timestamp is not null);
            before.UnionWith(Found(Keys(added.ToList())));
            unknown.IntersectWith(before);
        }
        var gone = unknown;
        hadAny = gone.Count > 0;
        if (!hadAny)
            return other;
        var stays = new List<JsonMember>();
        for (var at = 0; at < entries.Count; at++)
        {
            if (!gone.Contains(keys[at]))
                stays.Add(entries[at]);
        }
        return other.Instead(TodoHistory.With(other.Json, stays));
    }

    // From the newest part back: what an older document has left last.
    private HashSet<string> Found(HashSet<string> unknown)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var at = moved.Parts.Count - 1; at >= 0 && found.Count < unknown.Count; at--)
        {
            foreach (var key in KeysOf(moved.Parts[at]))
            {
                if (unknown.Contains(key))
                    found.Add(key);
            }
        }
        return found;
    }

    // What cannot be read can be no reason to drop anything.
    private HashSet<string> KeysOf(HistoryPart part)
    {
        if (!_read.TryGetValue(part, out var keys))
            _read.Add(part, keys = Keys(archive is null ? []
                : WholeHistory.TryRead(mine.Id, part, archive, out _) ?? []));
        return keys;
    }

    private static HashSet<string> Keys(List<JsonMember> entries) =>
        new(entries.ConvertAll(entry => JsonKey.Of(entry.Value)), StringComparer.Ordinal);
}

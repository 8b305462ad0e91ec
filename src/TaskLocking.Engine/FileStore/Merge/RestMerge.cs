using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Todo2;

namespace TaskLocking.FileStore;

/// <summary>
/// Merges what no verb reaches of one id: todos without an id, and all but the one that counts. None is dropped: what their writer changed
/// or added is taken over; what he leaves out goes only if our mark says that he saw it. Pure.
/// </summary>
internal sealed class RestMerge(BoardState ours, TodoDocument theirs, MergeBase start)
{
    private readonly ILookup<string, TodoEntry> _theirs = theirs.Entries.ToLookup(entry => entry.Id, StringComparer.Ordinal);
    private readonly ILookup<string, TodoEntry> _mine = Rest(ours.Entries).ToLookup(entry => entry.Id, StringComparer.Ordinal);

    /// <summary>The ids of which either has any; empty for those without one.</summary>
    public IEnumerable<string> Ids =>
        _mine.Select(group => group.Key).Union(Rest(theirs.Entries).Select(entry => entry.Id), StringComparer.Ordinal);

    /// <summary>What they become; null if they stay as they are.</summary>
    /// <param name="id">One of <see cref="Ids"/>.</param>
    /// <param name="removed">Gets those of ours that go.</param>
    public IReadOnlyList<TodoEntry>? Of(string id, List<TodoEntry> removed)
    {
        List<TodoEntry> mine = [.. _mine[id]];
        List<TodoEntry> other = [.. _theirs[id]];
        var before = start.State?.Entries.Where(entry => entry.Id == id).ToList();
        if (start.IsExact && before is not null && AreSame(before, other))
            return null;
        // Of several the same one counts as before, whatever their order.
        if (id.Length > 0 && other.Count > 0)
        {
            var counts = ours.FindEntry(id) is { } first ? other.FindIndex(entry => JsonSame.As(entry.Json.Span, first.Json.Span)) : 0;
            other.RemoveAt(Math.Max(0, counts));
        }
        if (AreSame(mine, other))
            return null;
        if (start.IsExact)
        {
            removed.AddRange(Without(mine.Skip(other.Count), other));
            return other;
        }
        var left = new Queue<TodoEntry>(Without(mine, other));
        foreach (var entry in Without(other, mine))
        {
            if (left.Count == 0)
                mine.Add(entry);
            else if (left.Dequeue() is var old && !(old.Task.LastModified > entry.Task.LastModified))
                mine[mine.IndexOf(old)] = entry; // One for one in their order: nothing else tells which of them it was.
        }
        return AreSame([.. _mine[id]], mine) ? null : mine;
    }

    private static IEnumerable<TodoEntry> Rest(IEnumerable<TodoEntry> entries) => entries.Where(entry => !entry.IsAddressable);

    private static bool AreSame(List<TodoEntry> left, List<TodoEntry> right) =>
        left.Count == right.Count && Without(left, right).Count == 0;

    // Each of the others takes one away that says the same.
    private static List<TodoEntry> Without(IEnumerable<TodoEntry> entries, List<TodoEntry> others)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var other in others)
        {
            var key = JsonKey.Of(other.Json.Span);
            counts[key] = counts.TryGetValue(key, out var known) ? known + 1 : 1;
        }
        var rest = new List<TodoEntry>();
        foreach (var entry in entries)
        {
            var key = JsonKey.Of(entry.Json.Span);
            if (counts.TryGetValue(key, out var count) && count > 0)
                counts[key] = count - 1;
            else
                rest.Add(entry);
        }
        return rest;
    }
}

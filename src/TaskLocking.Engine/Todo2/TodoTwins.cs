using System;
using System.Collections.Generic;

namespace TaskLocking.Todo2;

/// <summary>
/// The todos of a document that no verb reaches: those without an id, and all but the first of one id. They stay where they are, and the
/// task of their id counts as done when all of them are.
/// </summary>
internal static class TodoTwins
{
    /// <summary>Counts them where a document has some.</summary>
    public static void CountAll(TodoList entries)
    {
        var twins = new Dictionary<string, (int All, int Open)>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.IsAddressable || entry.Id.Length == 0)
                continue;
            twins.TryGetValue(entry.Id, out var known);
            twins[entry.Id] = (known.All + 1, known.Open + Open(entry));
        }
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].IsAddressable && twins.TryGetValue(entries[i].Id, out var count))
                entries[i] = entries[i].Among(count.All, count.Open);
        }
    }

    /// <summary>The entry at a place, with what is there of its id beside it.</summary>
    public static TodoEntry Counted(TodoList entries, int at)
    {
        var (all, open) = (0, 0);
        foreach (var entry in entries)
        {
            if (entry.IsAddressable || entry.Id != entries[at].Id)
                continue;
            all++;
            open += Open(entry);
        }
        return all == entries[at].Twins && open == entries[at].OpenTwins ? entries[at] : entries[at].Among(all, open);
    }

    /// <summary>Makes the first that is left of an id the one that verbs reach, and tells where it stands; null if none is left.</summary>
    public static int? Promote(TodoList entries, string id)
    {
        for (var at = 0; at < entries.Count; at++)
        {
            if (entries[at].IsAddressable || entries[at].Id != id)
                continue;
            entries[at] = entries[at].Among(0, 0);
            entries[at] = Counted(entries, at);
            return at;
        }
        return null;
    }

    /// <summary>Puts others in the place of those of an id; what is more comes at the end.</summary>
    public static void Replace(TodoList entries, string id, List<JsonMember> todos)
    {
        var next = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].IsAddressable || entries[i].Id != id)
                continue;
            if (next < todos.Count)
                entries[i] = new TodoEntry(id, todos[next++].Memory) { IsAddressable = false, Place = entries[i].Place };
            else
                entries.RemoveAt(i--);
        }
        for (; next < todos.Count; next++)
            entries.Add(new TodoEntry(id, todos[next].Memory) { IsAddressable = false });
    }

    /// <summary>Brings the index of those that verbs reach up to date, from a place on.</summary>
    public static void Index(TodoList entries, Dictionary<string, int> index, int from)
    {
        for (var i = from; i < entries.Count; i++)
        {
            if (entries[i].IsAddressable)
                index[entries[i].Id] = i;
        }
    }

    private static int Open(TodoEntry entry) => entry.Task.Status == AgentTaskStatus.Done ? 0 : 1;
}

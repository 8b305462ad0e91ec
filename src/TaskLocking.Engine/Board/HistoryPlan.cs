using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.Board;

/// <summary>
/// Which entries leave which todos, and what is written of them to one part of the archive, before any of them does. Of a todo of which
/// much has left already the smaller parts go into the new line with them, so that there are few however long a history is: each entry is
/// written some three times in all.
/// </summary>
internal sealed class HistoryPlan
{
    // Parts below each size are put together when there are so many of them.
    private const int MostParts = 8;
    private static readonly int[] Sizes = [8_192, 1_024]; // entries, the larger first

    // What more there is goes with the next change of its todo.
    private const int MostBytes = 64 << 20;

    private readonly List<HistoryShare> _shares = [];
    private readonly List<byte[]> _lines = [];
    private readonly IHistoryArchive _archive;
    private long _length;

    private HistoryPlan(IHistoryArchive archive, DateTimeOffset now)
    {
        _archive = archive;
        Name = $"{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}".Substring(0, 36);
    }

    /// <summary>The part.</summary>
    public string Name { get; }

    public IReadOnlyList<byte[]> Lines => _lines;

    public IReadOnlyList<HistoryShare> Shares => _shares;

    /// <summary>What is to leave some todos; without any share where nothing is.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="archive">Where the entries go, and where those are that have left already.</param>
    /// <param name="now">Gives the part its name.</param>
    public static HistoryPlan Of(IEnumerable<AgentTask> tasks, IHistoryArchive archive, DateTimeOffset now)
    {
        var plan = new HistoryPlan(archive, now);
        foreach (var task in tasks)
        {
            if (task.Source is { } source && plan._length < MostBytes)
                plan.Add(task, source.Json);
        }
        return plan;
    }

    /// <summary>How many entries a todo has, of those that may leave it.</summary>
    public static int CountOf(AgentTask task) => TodoHistory.Entries(task.Source!.Json).Count;

    private void Add(AgentTask task, ReadOnlyMemory<byte> todo)
    {
        var entries = TodoHistory.Entries(todo);
        // Todos that tell their members twice are left to people.
        if (entries.Count <= HistoryBound.Most || TodoHistory.Without(todo, 1, "{}"u8.ToArray()) is null)
            return;
        var before = TodoHistory.Moved(todo);
        var count = entries.Count - HistoryBound.Kept;
        var going = entries.GetRange(0, count);
        var (parts, line) = Together(task.Id, before, going);
        if (_length + line.Length > int.MaxValue)
            return;
        var written = new HistoryPart(Name, CountWith(before, parts, count), (int)_length, line.Length);
        IEnumerable<JsonMember> told = [.. (before?.Last ?? []).Select(entry => new JsonMember("", entry)), .. going];
        _shares.Add(new HistoryShare(task, count, MovedHistoryJson.Write(
            new MovedHistory([.. parts, written], before?.IsMixed == true, LastOf(told.ToList())))));
        _lines.Add(line);
        _length += line.Length;
    }

    private static int CountWith(MovedHistory? before, IReadOnlyList<HistoryPart> parts, int count) =>
        count + (before?.Count ?? 0) - parts.Sum(part => part.Count);

    // The parts that stay, and the line: of what goes alone, where parts cannot be read that would go with it.
    private (IReadOnlyList<HistoryPart> Parts, byte[] Line) Together(string id, MovedHistory? before, List<JsonMember> going)
    {
        var parts = before?.Parts ?? [];
        var stays = Sizes.Select(size => FirstBelow(parts, size)).Where(first => parts.Count - first >= MostParts)
            .DefaultIfEmpty(-1).First();
        if (stays < 0)
            return (parts, HistoryLine.Write(id, going));
        var all = new List<JsonMember>();
        for (var at = stays; at < parts.Count; at++)
        {
            if (WholeHistory.TryRead(id, parts[at], _archive, out _) is not { } entries)
                return (parts, HistoryLine.Write(id, going));
            all.AddRange(entries);
        }
        all.AddRange(going);
        return ([.. parts.Take(stays)], HistoryLine.Write(id, all));
    }

    // The first of the last parts that are all smaller.
    private static int FirstBelow(IReadOnlyList<HistoryPart> parts, int size)
    {
        var first = parts.Count;
        while (first > 0 && parts[first - 1].Count < size)
            first--;
        return first;
    }

    private static List<ReadOnlyMemory<byte>> LastOf(List<JsonMember> entries)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < entries.Count; at++)
        {
            if (TaskHistory.Entry("", entries[at]) is not { } told)
                continue;
            foreach (var kind in Kinds(told))
                last[kind] = at;
        }
        return last.Values.Distinct().OrderBy(at => at).Select(at => entries[at].Memory).ToList();
    }

    // What rules ask for the last of: see LostClaim, Approval, MergeRule.
    private static IEnumerable<string> Kinds(TaskHistoryEntry entry)
    {
        if (entry.Field is "claim" or "startedAt" or "status")
            yield return entry.Field;
        if (entry is { Field: "claim", NewValue: not null })
            yield return "claimed";
        if (entry is { Field: "status", NewValue: "Review" })
            yield return "submitted";
        if (entry is { Field: "status", OldValue: "Done" })
            yield return "opened";
    }
}

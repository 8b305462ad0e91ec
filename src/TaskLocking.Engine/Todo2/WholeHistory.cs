using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>All entries of a todo's history, those that have left it first. Only where some have is the archive read.</summary>
internal static class WholeHistory
{
    /// <exception cref="TaskLockingException">StateCorrupt where a part is missing or damaged.</exception>
    public static List<JsonMember> Entries(string id, ReadOnlyMemory<byte> todo, IHistoryArchive archive)
    {
        var entries = TodoHistory.Entries(todo);
        if (TodoHistory.Moved(todo) is not { } moved)
            return entries;
        var all = new List<JsonMember>(moved.Count + entries.Count);
        foreach (var part in moved.Parts)
            all.AddRange(Read(id, part, archive));
        all.AddRange(entries);
        return moved.IsMixed ? Once(all) : all;
    }

    /// <summary>The entries of one part.</summary>
    /// <exception cref="TaskLockingException">StateCorrupt.</exception>
    public static List<JsonMember> Read(string id, HistoryPart part, IHistoryArchive archive) =>
        TryRead(id, part, archive, out var fault) ?? throw new TaskLockingException(new Refusal(RefusalCode.StateCorrupt, fault)
        {
            TaskId = id,
            Path = archive.PlaceOf(part.Name),
        });

    /// <summary>The entries of one part; null where they are not there, whole.</summary>
    public static List<JsonMember>? TryRead(string id, HistoryPart part, IHistoryArchive archive, out string fault)
    {
        var line = archive.Read(part);
        var entries = line is null ? null : HistoryLine.Read(line, id);
        fault = $"'{archive.PlaceOf(part.Name)}', which holds {part.Count} entries of the history of task {id}, "
            + (line is null ? "is missing" : $"is damaged at byte {part.Start}") + ": the history cannot be told whole. " + archive.Remedy;
        return entries?.Count == part.Count ? entries : null;
    }

    private static List<JsonMember> Once(List<JsonMember> entries)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        return entries.FindAll(entry => known.Add(JsonKey.Of(entry.Value)));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// Reads the <c>changes[]</c> of a todo, whoever wrote it: what is missing is missing in the entry, what is no string is given as JSON
/// text, what is no object is passed over.
/// </summary>
internal static class TaskHistory
{
    /// <summary>
    /// Oldest first; entries of one time, and those that tell none, stay where they stand, and so does what we wrote, which tells by whom:
    /// it was appended in the order of the commits, whatever a clock that was set back says.
    /// </summary>
    /// <param name="id">The task.</param>
    /// <param name="changes">The entries in the order in which they were written.</param>
    public static IReadOnlyList<TaskHistoryEntry> Read(string id, IReadOnlyList<JsonMember> changes)
    {
        if (changes.Count == 0)
            return [];
        var (last, latest) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue);
        return changes
            .Select(change => Entry(id, change))
            .OfType<TaskHistoryEntry>()
            .Select(entry => (Entry: entry, Place: PlaceOf(entry)))
            .OrderBy(placed => placed.Place)
            .Select(placed => placed.Entry)
            .ToList();

        DateTimeOffset PlaceOf(TaskHistoryEntry entry)
        {
            last = entry.Timestamp ?? last;
            if (entry.By is not null && last < latest)
                last = latest;
            latest = last > latest ? last : latest;
            return last;
        }
    }

    /// <summary>What an entry tells; null for what is no object.</summary>
    public static TaskHistoryEntry? Entry(string id, JsonMember change) =>
        change.Value[0] == '{' ? Entry(id, JsonSlices.Properties(change.Memory)) : null;

    private static TaskHistoryEntry Entry(string id, List<JsonMember> change) => new(
        id,
        Text(change, "field") ?? "",
        Text(change, "oldValue"),
        Text(change, "newValue"),
        Timestamp.Parse(Text(change, "timestamp")),
        Text(change, "by"));

    private static string? Text(List<JsonMember> change, string property)
    {
        if (change.FindLast(member => member.Name == property) is not { IsNull: false } member)
            return null;
        if (member.Value[0] != '"')
            return JsonScan.Utf8(member.Value);
        var reader = JsonReading.Of(member.Value);
        reader.Read();
        return TodoText.Read(ref reader);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using TaskLocking.Storage;

namespace TaskLocking.Tasks;

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
    public static IReadOnlyList<TaskHistoryEntry> Read(AgentTask task)
    {
        using var todo = JsonDocument.Parse(task.ToJson());
        if (todo.RootElement.ValueKind != JsonValueKind.Object
            || !todo.RootElement.TryGetProperty("changes", out var changes)
            || changes.ValueKind != JsonValueKind.Array)
        {
            return [];
        }
        var (last, latest) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue);
        return changes.EnumerateArray()
            .Where(change => change.ValueKind == JsonValueKind.Object)
            .Select(change => Entry(task.Id, change))
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

    private static TaskHistoryEntry Entry(string id, JsonElement change) => new(
        id,
        Text(change, "field") ?? "",
        Text(change, "oldValue"),
        Text(change, "newValue"),
        Timestamp.Parse(Text(change, "timestamp")),
        Text(change, "by"));

    private static string? Text(JsonElement change, string property)
    {
        if (!change.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            return value.GetRawText();
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escape that is half a surrogate pair is JSON but no text.
            return value.GetRawText();
        }
    }
}

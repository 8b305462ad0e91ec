using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>Todos as they stand in their document, with what is told besides behind their own members.</summary>
internal static class TaskJson
{
    /// <summary>A todo as it stands and, where it has children, <c>child_count</c> and <c>children_closed</c> behind its own
    /// members.</summary>
    public static void Write(Utf8JsonWriter writer, AgentTask task) =>
        writer.WriteRawValue(task.Children is null ? task.ToJson() : With(task, ""), skipInputValidation: true);

    /// <summary>A todo as it stands and, where somebody else has its files, <c>overlaps</c> behind its own members.</summary>
    public static void Write(Utf8JsonWriter writer, AgentTask task, IReadOnlyList<FileConflict> overlaps)
    {
        if (overlaps.Count == 0)
        {
            Write(writer, task);
            return;
        }
        var conflicts = JsonText.Line(array => JsonText.Write(array, overlaps, single: false, LeaseJson.Write));
        Write(writer, task, "overlaps", Encoding.UTF8.GetString(conflicts.Span).TrimEnd());
    }

    /// <summary>A todo as it stands and, where its claim does not hold any more, <c>holder_ended</c> behind its own members; of one
    /// in the archive <c>archived</c>.</summary>
    public static void Write(Utf8JsonWriter writer, AgentTask task, LeaseEnd? ended)
    {
        if (task.IsArchived)
            Write(writer, task, "archived", "true");
        else if (ended is null)
            Write(writer, task);
        else
            Write(writer, task, "holder_ended", ended == LeaseEnd.ProcessEnded ? "\"gone\"" : "\"expired\"");
    }

    // The todo goes out as it stands: it may have names that no reader takes for text.
    private static void Write(Utf8JsonWriter writer, AgentTask task, string name, string value)
    {
        writer.WriteRawValue(With(task, $",\"{name}\":{value}"), skipInputValidation: true);
    }

    private static string With(AgentTask task, string members)
    {
        var todo = task.ToJson();
        var children = task.Children is not { } tally ? "" : string.Create(CultureInfo.InvariantCulture,
            $",\"child_count\":{tally.Total},\"children_closed\":{tally.Closed}");
        return $"{todo[..todo.LastIndexOf('}')]}{children}{members}}}";
    }

    /// <summary>What became of a task: the task as it is now, with whose leases its files overlap.</summary>
    public static void Write(Utf8JsonWriter writer, TaskOutcome outcome) => Write(writer, outcome.Task!, outcome.Overlaps);

    /// <summary>The claimed task as it stands, an array of them, or null.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="answer">What was claimed; null for nothing.</param>
    /// <param name="isList">Several may have been asked for.</param>
    public static void Write(Utf8JsonWriter writer, TaskRequestAnswer? answer, bool isList)
    {
        if (!isList && answer?.Task is null)
            writer.WriteNullValue();
        else
            JsonText.Write(writer, answer?.Claimed ?? [], single: !isList, Write);
    }

    /// <summary>Tasks that were completed, and the one that was claimed next or null.</summary>
    public static void Write(Utf8JsonWriter writer, CompletionAnswer answer)
    {
        writer.WriteStartObject();
        JsonText.Write(writer, "completed", answer.Completed.Where(outcome => outcome.Refusal is null), Write);
        writer.WritePropertyName("next");
        Write(writer, answer.Next, isList: false);
        writer.WriteEndObject();
    }

    /// <summary>A change of a task.</summary>
    public static void Write(Utf8JsonWriter writer, TaskHistoryEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("field", entry.Field);
        writer.WriteString("oldValue", entry.OldValue);
        writer.WriteString("newValue", entry.NewValue);
        writer.WriteString("timestamp", JsonText.Time(entry.Timestamp));
        writer.WriteString("by", entry.By);
        writer.WriteEndObject();
    }
}

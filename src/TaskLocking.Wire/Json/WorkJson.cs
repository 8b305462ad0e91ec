using System.Collections.Generic;
using System.Text.Json;

namespace TaskLocking.Wire;

/// <summary>What a worker does, a document each.</summary>
internal static class WorkJson
{
    public static void WriteBegin(Utf8JsonWriter writer, WorkItem item)
    {
        writer.WriteStartObject();
        writer.WriteString("event", "begun");
        writer.WriteString("task_id", item.Task.Id);
        writer.WriteNumber("token", item.Token);
        writer.WriteNumber("attempt", item.Task.Attempt);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, WorkResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("event", "ended");
        writer.WriteString("task_id", result.TaskId);
        writer.WriteString("result", Word(result.Result));
        writer.WriteString("reason", result.Reason);
        writer.WriteString("status", result.Task.StatusText);
        writer.WriteNumber("attempt", result.Attempt);
        writer.WriteNumber("seconds", System.Math.Round(result.Duration.TotalSeconds, 3));
        writer.WriteEndObject();
    }

    /// <param name="writer">Where to.</param>
    /// <param name="end">Why; null for a signal.</param>
    /// <param name="reason">The same as a sentence.</param>
    /// <param name="counts">How many tasks came to what.</param>
    public static void WriteEnd(Utf8JsonWriter writer, WorkEnd? end, string reason, IReadOnlyDictionary<WorkResultKind, int> counts)
    {
        writer.WriteStartObject();
        writer.WriteString("event", "finished");
        writer.WriteString("end", end switch
        {
            WorkEnd.Empty => "empty",
            WorkEnd.Count => "count",
            WorkEnd.Idle => "idle",
            _ => "signal",
        });
        writer.WriteString("reason", reason);
        foreach (var kind in new[] { WorkResultKind.Done, WorkResultKind.Review, WorkResultKind.Retry, WorkResultKind.Failed,
            WorkResultKind.Lost, WorkResultKind.GivenBack })
            writer.WriteNumber(Word(kind), counts.TryGetValue(kind, out var count) ? count : 0);
        writer.WriteEndObject();
    }

    private static string Word(WorkResultKind kind) => kind switch
    {
        WorkResultKind.Done => "done",
        WorkResultKind.Review => "review",
        WorkResultKind.Retry => "retry",
        WorkResultKind.Failed => "failed",
        WorkResultKind.Lost => "lost",
        _ => "given_back",
    };
}

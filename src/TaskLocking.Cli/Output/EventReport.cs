using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Output;

/// <summary>Commits as they come: a JSON document a line, or for a person a line each change.</summary>
internal static class EventReport
{
    public static void Write(IReadOnlyList<TaskEvent> events, bool json)
    {
        if (!json)
        {
            StandardOutput.Lines(events.SelectMany(Lines));
            return;
        }
        foreach (var told in events)
            StandardOutput.Json(writer => EventJson.Write(writer, told));
    }

    private static IEnumerable<string> Lines(TaskEvent told) => told.Changes.Select(change => Line(told, change));

    // "17  2026-11-30 12:00:00Z  failed        T-1  Todo → Failed  by alice: no branch"
    private static string Line(TaskEvent told, TaskEventChange change)
    {
        var who = change.Agent is { } agent && agent != told.By ? $"  {agent}" : "";
        var move = change.To is { } to ? $"  {(change.From is { } from ? Words.Text(from) + " → " : "")}{Words.Text(to)}" : "";
        var subject = change.TaskId ?? change.Path ?? change.Swarm ?? change.Agent ?? "";
        var fields = change.Kind == TaskEventKind.Changed && change.Fields.Count > 0 ? "  " + string.Join(", ", change.Fields) : "";
        var reason = change.Reason is { } text ? ": " + text : "";
        return string.Create(CultureInfo.InvariantCulture, $"{told.Version}  {TaskText.Time(told.Time)}  ")
            + $"{EventJson.Word(change.Kind),-12}  {subject}{(subject == change.Agent ? "" : who)}{move}{fields}"
            + $"{(told.By is null ? "" : "  by " + told.By)}{reason}";
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using TaskLocking.Wire;

namespace TaskLocking.Server;

/// <summary><c>events</c>: what was committed behind a version, for a caller that comes back and asks what has happened.</summary>
internal static class EventsTool
{
    private const int LongestWait = 50;

    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    public static BoardTool Table { get; } = new("events", "What happened",
        "The commits behind a version, each once and in order: who did what to which task. Pass 'last' of an answer as 'after' of the "
        + "next call, and nothing is missed.")
    {
        Actions = [new("list", Changes: false, List)],
        Fields =
        [
            ToolField.Integer("after", "A version; 0: all that is kept. Left out: from now on."),
            ToolField.Integer("wait_seconds", "Where nothing has happened, wait so long for it.", 0, 0, LongestWait),
            ToolField.Word("detail", "concise: of a commit the first change, and how many there are.", "full", "concise", "full"),
            Page.Limit,
        ],
        Answer =
        [
            ("success", "boolean"), ("version", "integer"), ("events", "array"), ("last", "integer"), ("truncated", "boolean"),
            ("refusal", "object"),
        ],
    };

    private static ToolAnswer List(ToolCall call)
    {
        var after = call.Integer("after");
        using var feed = call.Board.OpenFeed(after == 0 ? TaskFeed.Oldest : after);
        var events = Read(call, feed);
        var isShort = call.Text("detail") == "concise";
        return ToolAnswer.Done(call.Version, writer =>
        {
            var (told, isCut) = Write(writer, events, isShort);
            writer.WriteNumber("last", told > 0 ? events[told - 1].Version : Math.Max(feed.Version, 0));
            writer.WriteBoolean("truncated", isCut);
        });
    }

    private static IReadOnlyList<TaskEvent> Read(ToolCall call, TaskFeed feed)
    {
        var (most, seconds) = (call.Integer(Page.Limit.Name, Page.FewItems), call.Integer("wait_seconds", 0));
        var (watch, patience, told) = (Stopwatch.StartNew(), TimeSpan.FromSeconds(seconds), 0);
        while (true)
        {
            var events = feed.Read(most, call.Cancellation);
            var left = patience - watch.Elapsed;
            if (events.Count > 0 || left <= TimeSpan.Zero)
                return events;
            if ((int)watch.Elapsed.TotalSeconds > told)
                call.OnWait?.Invoke(told = (int)watch.Elapsed.TotalSeconds, seconds);
            feed.Wait(left < Glance ? left : Glance, call.Cancellation);
        }
    }

    // As many as there is room for. One that alone is too long is told in short: whoever goes on behind it has heard of it.
    private static (int Told, bool IsCut) Write(Utf8JsonWriter writer, IReadOnlyList<TaskEvent> events, bool isShort)
    {
        var (told, isCut) = (0, false);
        writer.WriteStartArray("events");
        for (var room = Page.MostBytes; told < events.Count; told++)
        {
            var json = Text(events[told], isShort);
            if (json.Length > room && told == 0)
                (json, isCut) = (Text(events[told], isShort: true), true);
            if (json.Length > room)
            {
                isCut = true;
                break;
            }
            room -= json.Length;
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }
        writer.WriteEndArray();
        return (told, isCut);
    }

    private static ReadOnlyMemory<byte> Text(TaskEvent told, bool isShort) => JsonText.Line(writer =>
    {
        if (isShort)
            EventTick.WriteShort(writer, told);
        else
            EventJson.Write(writer, told);
    });
}

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
            // One that alone is too long is told in short: whoever goes on behind it has heard of it.
            var (told, isCut) = Page.WriteFitting(writer, "events", events, 0, events.Count,
                isShort ? EventTick.WriteShort : EventJson.Write, EventTick.WriteShort);
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
}

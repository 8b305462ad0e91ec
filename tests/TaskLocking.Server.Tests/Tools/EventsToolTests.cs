using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>Who asks what has happened misses nothing and hears nothing twice.</summary>
public sealed class EventsToolTests : IDisposable
{
    private readonly BoardFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void From_now_on_each_commit_is_told_once()
    {
        _folder.Define("before");
        var now = _folder.Ask("events", """{"action":"list"}""");
        Assert.Empty(now["events"]!.AsArray());
        Assert.Equal(_folder.Board.GetVersion(), (long)now["last"]!);
        _folder.Define("A", "B");
        _folder.Call("task_assignee", """{"action":"assign","task_id":"A","assignee_name":"ann"}""");
        var told = After((long)now["last"]!);
        Assert.Equal(["defined", "assigned"], told["events"]!.AsArray().Select(each => (string)each!["kind"]!));
        Assert.Equal(["A", "B"], told["events"]![0]!["task_ids"]!.AsArray().Select(id => (string)id!));
        Assert.Empty(After((long)told["last"]!)["events"]!.AsArray());
    }

    [Fact]
    public void In_parts_they_are_all_there()
    {
        for (var number = 0; number < 25; number++)
            _folder.Define($"T-{number}");
        var (told, last) = (new List<long>(), 0L);
        while (After(last, ",\"limit\":4") is var part && part["events"]!.AsArray() is { Count: > 0 } events)
        {
            Assert.InRange(events.Count, 1, 4);
            told.AddRange(events.Select(each => (long)each!["version"]!));
            Assert.Equal(told[^1], last = (long)part["last"]!);
        }
        Assert.Equal(25, told.Count);
        Assert.Equal(told.Distinct().Order(), told);
        Assert.Equal(_folder.Board.GetVersion(), last);
    }

    [Fact]
    public async Task A_wait_ends_when_something_happens()
    {
        _folder.Define("before");
        var last = _folder.Board.GetVersion();
        var asked = Task.Run(() => After(last, ",\"wait_seconds\":50"));
        await Task.Yield();
        _folder.Define("A");
        Assert.Equal("A", (string?)Assert.Single((await asked)["events"]!.AsArray())!["task_ids"]![0]);
    }

    [Fact]
    public void A_wait_that_is_cancelled_ends()
    {
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            _folder.Call("events", """{"action":"list","wait_seconds":50}""", cancelled.Token));
    }

    [Fact]
    public void What_is_too_long_is_told_in_short_and_the_rest_comes_next()
    {
        _folder.Define([.. Enumerable.Range(0, 2000).Select(number => $"T-{number}")]);
        _folder.Define("after");
        var answer = _folder.Call("events", """{"action":"list","after":0}""");
        Assert.InRange(answer.Json.Length, 1, 75_000);
        var told = JsonNode.Parse(answer.Json)!;
        Assert.True((bool)told["truncated"]!);
        Assert.Equal(2000, (int)told["events"]![0]!["changes"]!);
        var rest = told["events"]!.AsArray().Skip(1).Concat(After((long)told["last"]!)["events"]!.AsArray());
        Assert.Equal("after", (string?)Assert.Single(rest)!["task_ids"]![0]);
    }

    [Fact]
    public void A_version_that_the_board_never_had_is_refused()
    {
        _folder.Define("A");
        Assert.Equal("EventsLost", (string?)After(999)["refusal"]!["code"]);
        Assert.Equal("InvalidArgument", (string?)After(-5)["refusal"]!["code"]);
    }

    private JsonNode After(long version, string more = "") =>
        _folder.Ask("events", $$"""{"action":"list","after":{{version}}{{more}}}""");
}

using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Tasks;

public sealed class TaskHistoryTests
{
    [Fact]
    public void An_entry_is_read_whole()
    {
        var entry = Assert.Single(Read(
            """{"changes":[{"field":"status","oldValue":"Todo","newValue":"Done","timestamp":"2026-02-03T04:05:06.789Z","by":"a@h"}]}"""));
        Assert.Equal(new TaskHistoryEntry("T-1", "status", "Todo", "Done", new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero),
            "a@h"), entry);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"changes":null}""")]
    [InlineData("""{"changes":"none"}""")]
    [InlineData("""{"changes":{}}""")]
    [InlineData("""{"changes":[]}""")]
    [InlineData("""{"changes":["renamed",null,3,["x"]]}""")]
    public void What_holds_no_entries_has_no_history(string todo) => Assert.Empty(Read(todo));

    [Fact]
    public void What_is_missing_is_null_and_what_is_no_string_is_json()
    {
        var entries = Read("""
            {"changes":[{}, {"field":"tags","oldValue":["a", "b"],"newValue":{"x":1}},
             {"field":7,"oldValue":null,"newValue":false,"timestamp":12,"by":{"id":1}}]}
            """);
        Assert.Equal(new TaskHistoryEntry("T-1", "", null, null, null, null), entries[0]);
        Assert.Equal(new TaskHistoryEntry("T-1", "tags", """["a", "b"]""", """{"x":1}""", null, null), entries[1]);
        Assert.Equal(new TaskHistoryEntry("T-1", "7", null, "false", null, """{"id":1}"""), entries[2]);
    }

    [Fact]
    public void An_escape_that_is_no_text_is_given_as_it_stands() =>
        Assert.Equal("\\ud800", Assert.Single(Read("""{"changes":[{"field":"name","newValue":"\ud800"}]}""")).NewValue);

    [Theory]
    [InlineData("2026-02-03T04:05:06", 0)]
    [InlineData("2026-02-03T04:05:06.1234567", 0)]
    [InlineData("2026-02-03T04:05:06.123456789", 0)]
    [InlineData("2026-02-03 04:05:06", 0)]
    [InlineData("2026-02-03T04:05:06Z", 0)]
    [InlineData("2026-02-03T04:05:06.000+02:00", 2)]
    [InlineData("2026-02-03T04:05:06-05:30", -5.5)]
    public void Times_are_read_naive_with_Z_and_with_an_offset(string text, double offset)
    {
        var time = Assert.Single(Read($$"""{"changes":[{"timestamp":"{{text}}"}]}""")).Timestamp!.Value;
        var whole = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(offset));
        Assert.InRange(time, whole, whole.AddMilliseconds(999));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("")]
    [InlineData("2026-13-45T00:00:00Z")]
    public void What_is_no_time_is_none(string text) => Assert.Null(Assert.Single(Read(
        $$"""{"changes":[{"timestamp":"{{text}}"}]}""")).Timestamp);

    [Fact]
    public void Oldest_comes_first_and_what_tells_no_time_stays_behind_its_neighbour()
    {
        var entries = Read("""
            {"changes":[
              {"field":"c","timestamp":"2026-03-01T00:00:00Z"},
              {"field":"d"},
              {"field":"a","timestamp":"2026-01-01T00:00:00Z"},
              {"field":"b","timestamp":"2026-01-01T00:00:00Z"},
              {"field":"e","timestamp":"2026-03-01T02:00:00+01:00"}]}
            """);
        Assert.Equal("abcde", string.Concat(entries.Select(entry => entry.Field)));
    }

    private static IReadOnlyList<TaskHistoryEntry> Read(string todo) => Scene.FromJson(todo).ReadHistory();
}

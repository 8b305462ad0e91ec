using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>What was committed, told and followed.</summary>
public sealed class EventTests
{
    [Fact]
    public void Each_commit_is_a_line_that_tells_what_it_did()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        Assert.Equal(0, workspace.Run("assign", "T-1", "--to", "ann", "--by", "kim").ExitCode);
        Assert.Equal(0, workspace.Run("start", "T-1", "--agent", "ann").ExitCode);
        Assert.Equal(0, workspace.Run("fail", "T-1", "--agent", "ann", "--reason", "no branch").ExitCode);
        var events = Events(workspace.Run("events", "--json").Output);
        Assert.Equal(["defined", "assigned", "started", "failed"], events.Select(told => told.GetProperty("kind").GetString()));
        Assert.Equal("[\"T-1\",\"T-2\"]", events[0].GetProperty("task_ids").GetRawText());
        Assert.Equal("kim", events[1].GetProperty("by").GetString());
        var failed = events[3].GetProperty("changes")[0];
        Assert.Equal(["failed", "T-1", "ann", "In Progress", "Failed", "no branch"],
            new[] { "kind", "task_id", "agent", "from", "to", "reason" }.Select(name => failed.GetProperty(name).GetString()));
        var shown = workspace.Run("events", "--after", Version(events[2])).Output;
        Assert.Matches(@"^\d+  \S+ \S+  failed        T-1  In Progress → Failed  by ann: no branch\n$", shown);
        Assert.Equal("", workspace.Run("events", "--after", Version(events[3]), "--json").Output);
        Assert.Equal(2, Events(workspace.Run("events", "--count", "2", "--json").Output).Count);
    }

    [Fact]
    public void They_are_followed_until_a_signal_or_a_number()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var follower = workspace.Start("events", "--after", "0", "--follow", "--json");
        Assert.Equal("defined", Kind(follower.ReadLine()!));
        Assert.Equal(0, workspace.Run("task", "set", "T-1", "--priority", "high").ExitCode);
        Assert.Equal("changed", Kind(follower.ReadLine()!));
        follower.Signal(TasklockProcess.Interrupt);
        Assert.Equal(130, follower.ExitCode());
        using var counting = workspace.Start("events", "--after", "1", "--follow", "--count", "2", "--json");
        Assert.Equal("changed", Kind(counting.ReadLine()!));
        Assert.Equal(0, workspace.Run("task", "remove", "T-1").ExitCode);
        Assert.Equal("removed", Kind(counting.ReadLine()!));
        Assert.Equal(0, counting.ExitCode());
    }

    [Fact]
    public void What_cannot_be_told_is_refused()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var lost = workspace.Run("events", "--after", "77", "--json").Refusal("EventsLost", 8);
        Assert.Equal(1, lost.GetProperty("found_version").GetInt64());
        workspace.Run("events", "--after", "x", "--json").Refusal("InvalidArgument", 2);
        workspace.Run("events", "--count", "0", "--json").Refusal("InvalidArgument", 2);
        workspace.Run("events", "--follow", "--count", "1", "--timeout", "0", "--json").Refusal("WaitTimeout", 5);
        Assert.Equal(0, workspace.Run("events", "--follow", "--timeout", "0").ExitCode);
    }

    private static System.Collections.Generic.List<JsonElement> Events(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

    private static string Version(JsonElement told) => told.GetProperty("version").GetInt64().ToString(CultureInfo.InvariantCulture);

    private static string Kind(string line) => JsonDocument.Parse(line).RootElement.GetProperty("kind").GetString()!;
}

using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>A command that is run again, because its answer was lost, is done once.</summary>
public sealed class RequestIdTests
{
    [Fact]
    public void A_claim_that_is_asked_for_again_has_the_same_token()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        string[] next = ["next", "--agent", "ann", "--start", "--request-id", "r-1", "--json"];
        var first = workspace.Run(next).Document();
        var again = workspace.Run(next).Document();
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Contains("served before", workspace.Run([.. next, "--verbose"]).Error + workspace.Run("next", "--agent", "ann", "--start",
            "--request-id", "r-1", "--verbose").Error, StringComparison.Ordinal);
        var token = first.GetProperty("taskLocking").GetProperty("claim").GetProperty("token").GetRawText();
        string[] complete = ["complete", "T-1", "--agent", "ann", "--token", token, "--request-id", "r-2", "--json"];
        Assert.Equal(workspace.Run(complete).Document().GetRawText(), workspace.Run(complete).Document().GetRawText());
        // What it was given is no claim any more.
        workspace.Run(next).Refusal("LeaseLost", 8);
        workspace.Run("next", "--agent", "bob", "--request-id", "r-1", "--json").Refusal("RequestIdReused", 3);
    }

    [Theory]
    [InlineData("task new X --name x")]
    [InlineData("task set T-1 --priority high")]
    [InlineData("assign T-1 T-2 --to ann")]
    [InlineData("graph add T-2 --depends-on T-1")]
    public void Each_command_is_done_once(string command)
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        string[] words = [.. command.Split(' '), "--request-id", "r", "--json"];
        var first = workspace.Run(words).Document();
        var events = workspace.Run("events", "--json").Output;
        Assert.Equal(Plain(first), Plain(workspace.Run(words).Document()));
        Assert.Equal(events, workspace.Run("events", "--json").Output);
    }

    [Fact]
    public void An_answer_that_nobody_takes_is_asked_for_again()
    {
        using var workspace = new CliWorkspace().With("T-1");
        Assert.SkipUnless(System.IO.File.Exists("/dev/full"), "No full device here.");
        var lost = workspace.RunScript("exec $TASKLOCK \"$@\" > /dev/full", "next", "--agent", "ann", "--request-id", "r", "--json");
        Assert.Equal(0, lost.ExitCode);
        var claim = workspace.Run("task", "get", "T-1", "--json").Document().GetProperty("taskLocking").GetProperty("claim");
        var again = workspace.Run("next", "--agent", "ann", "--request-id", "r", "--json").Document();
        Assert.Equal(claim.GetRawText(), again.GetProperty("taskLocking").GetProperty("claim").GetRawText());
    }

    // How long it took, and who had it before, is no part of what became of it.
    private static string Plain(JsonElement answer) => string.Join(' ', answer.EnumerateObject()
        .Where(member => member.Name is not ("duration_ms" or "previous_assignee"))
        .Select(member => $"{member.Name} {JsonNode.Parse(member.Value.GetRawText())?.ToJsonString()}"));
}

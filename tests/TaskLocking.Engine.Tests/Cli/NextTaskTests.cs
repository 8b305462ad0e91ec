using System;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>Claim and start in one step, several at once, and the next with the end of the last.</summary>
public sealed class NextTaskTests
{
    [Fact]
    public void Start_and_count_are_one_commit_and_an_array()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2", "T-3");
        var tasks = workspace.Run("next", "--agent", "a", "--start", "--count", "2", "--json").Document();
        Assert.Equal(["T-1", "T-2"], TasklockAnswer.Texts(tasks, "id"));
        Assert.Equal(["In Progress", "In Progress"], TasklockAnswer.Texts(tasks, "status"));
        Assert.Equal(Token(tasks[0]), Token(tasks[1]));
        Assert.Equal(["T-3"], TasklockAnswer.Texts(workspace.Run("next", "--agent", "a", "--count", "9", "--json").Document(), "id"));
        Assert.Equal("[]\n", workspace.Run("next", "--agent", "a", "--count", "1", "--json").Output);
        workspace.Run("next", "--agent", "a", "--count", "0", "--json").Refusal("InvalidArgument", 2);
        workspace.Run("next", "--agent", "a", "--count", "many", "--json").Refusal("InvalidArgument", 2);
    }

    [Fact]
    public void Complete_with_next_gives_what_waited_for_it()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        workspace.Run("task", "new", "T-3", "--depends-on", "T-1", "--priority", "high");
        var first = workspace.Run("next", "--agent", "a", "--start", "--json").Document();
        var answer = workspace.Run(
            "complete", "T-1", "--agent", "a", "--token", Token(first), "--next", "--start", "--ttl", "30m", "--json").Document();
        Assert.Equal(["T-1"], TasklockAnswer.Texts(answer.GetProperty("completed"), "id"));
        Assert.Equal(["Done"], TasklockAnswer.Texts(answer.GetProperty("completed"), "status"));
        var next = answer.GetProperty("next");
        Assert.Equal(("T-3", "In Progress"), (next.GetProperty("id").GetString(), next.GetProperty("status").GetString()));
        Assert.Equal(1800, next.GetProperty("taskLocking").GetProperty("claim").GetProperty("ttl").GetInt32());
        var text = workspace.Run("complete", "T-3", "--agent", "a", "--next");
        Assert.StartsWith("Task T-3 done\nId          T-2\n", text.Output, StringComparison.Ordinal);
        Assert.Equal("Todo", workspace.Run("task", "get", "T-2", "--json").Document().GetProperty("status").GetString());
        workspace.Run("start", "T-2", "--agent", "a");
        Assert.Equal(JsonValueKind.Null,
            workspace.Run("complete", "T-2", "--agent", "a", "--next", "--json").Document().GetProperty("next").ValueKind);
    }

    [Fact]
    public void A_refused_completion_claims_nothing()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        workspace.Run("next", "--agent", "a", "--start");
        var refused = workspace.Run("complete", "T-1", "--agent", "b", "--next", "--json");
        refused.Refusal("NotOwner", 7);
        Assert.Equal("", refused.Output);
        var half = workspace.Run("complete", "T-1", "T-9", "--agent", "a", "--next", "--json");
        Assert.Equal(4, half.ExitCode);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(half.Output).RootElement.GetProperty("next").ValueKind);
        Assert.Equal("Todo", workspace.Run("task", "get", "T-2", "--json").Document().GetProperty("status").GetString());
        workspace.Run("complete", "T-1", "--agent", "a", "--swarm", "s", "--json").Refusal("InvalidArgument", 2);
    }

    [Fact]
    public void It_waits_for_what_comes_and_ends_when_nothing_can()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("task", "new", "T-2", "--depends-on", "T-1");
        workspace.Run("next", "--agent", "a", "--start");
        using var waiter = workspace.Start("next", "--agent", "b", "--start", "--until-empty");
        Assert.EndsWith("Nothing is ready: waiting for a task.", waiter.FirstErrorLine(), StringComparison.Ordinal);
        workspace.Run("complete", "T-1", "--agent", "a");
        Assert.Contains("T-2", waiter.Finish().Output, StringComparison.Ordinal);
        using var last = workspace.Start("next", "--agent", "a", "--wait", "none", "--until-empty");
        last.FirstErrorLine();
        workspace.Run("complete", "T-2", "--agent", "b");
        var ended = last.Finish();
        Assert.Equal((0, ""), (ended.ExitCode, ended.Output));
        Assert.EndsWith("Nothing is left to do: 2 done.", ended.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wait_has_its_time_and_ends_by_a_signal()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("next", "--agent", "a", "--start");
        Assert.Equal("null\n", workspace.Run("next", "--agent", "b", "--wait", "0", "--json").Output);
        workspace.Run("next", "--agent", "b", "--wait", "soon", "--json").Refusal("InvalidArgument", 2);
        workspace.Run("complete", "T-1", "--agent", "a", "--until-empty", "--json").Refusal("InvalidArgument", 2);
        using var waiter = workspace.Start("next", "--agent", "b", "--wait", "1h");
        waiter.FirstErrorLine();
        waiter.Signal(TasklockProcess.Interrupt);
        Assert.Equal(130, waiter.ExitCode());
        using var completion = workspace.Start("complete", "T-1", "--agent", "a", "--next", "--wait", "none");
        completion.FirstErrorLine();
        completion.Signal(TasklockProcess.Interrupt);
        var answer = completion.Finish();
        Assert.Equal((130, "Task T-1 done\n"), (answer.ExitCode, answer.Output));
    }

    [Theory]
    [InlineData("next --agent a --start --count 2 --json")]
    [InlineData("complete T-0 --agent a --next --start")]
    public void What_nobody_heard_of_is_given_back(string command)
    {
        using var workspace = new CliWorkspace().With("T-0");
        workspace.Run("next", "--agent", "a", "--start");
        workspace.With("T-1", "T-2");
        Assert.Equal(13, workspace.RunScript("code=0; \"$TASKLOCK\" \"$@\" >/dev/full || code=$?; exit $code", command.Split(' '))
            .ExitCode);
        foreach (var id in new[] { "T-1", "T-2" })
        {
            var todo = workspace.Run("task", "get", id, "--json").Document();
            Assert.Equal("Todo", todo.GetProperty("status").GetString());
            Assert.False(todo.TryGetProperty("assignee", out var assignee) && assignee.ValueKind == JsonValueKind.Object);
        }
    }

    private static string Token(JsonElement todo) => todo.GetProperty("taskLocking").GetProperty("claim").GetProperty("token").GetRawText();
}

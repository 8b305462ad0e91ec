using System;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>A wrong word is answered with the one that may have been meant, and both front ends take the same words.</summary>
public sealed class MeantWordTests
{
    [Theory]
    [InlineData("'task'", "tsak", "get")]
    [InlineData("'get'", "task", "gte")]
    [InlineData("'task new' or 'topic new'", "new", "T-1")]
    [InlineData("--status", "task", "get", "--stats", "todo")]
    [InlineData("--workspace", "check", "--workspce", ".")]
    [InlineData("'unassign'", "help", "unasign")]
    [InlineData("'task new'", "create", "T-1", "--name", "Parser")]
    [InlineData("'next'", "claim", "T-1", "--agent", "builder-1")]
    [InlineData("'task new'", "task", "add", "T-1", "--tag", "backend")]
    [InlineData("'agent remove'", "agent", "delete", "builder-1")]
    public void A_wrong_word_is_exit_code_2_with_the_one_that_is_near(string meant, params string[] args)
    {
        using var workspace = new CliWorkspace();
        var answer = workspace.Run(args);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains($"did you mean {meant}?", answer.Error, StringComparison.Ordinal);
        Assert.Equal("", answer.Output);
    }

    [Theory]
    [InlineData("xyzzy")]
    [InlineData("task", "get", "--qqq")]
    public void A_word_that_is_near_to_nothing_is_guessed_at_by_nobody(params string[] args)
    {
        using var workspace = new CliWorkspace();
        Assert.DoesNotContain("did you mean", workspace.Run(args).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_call_a_command_leads_to_one_that_there_is()
    {
        string[] words = ["acquire", "add", "begin", "cancel", "claim", "close", "create", "define", "delete", "dequeue", "doctor", "done",
            "edit", "enqueue", "finish", "heartbeat", "list", "log", "ls", "modify", "pick", "register", "release", "requeue", "rm", "run",
            "show", "take", "todo", "unclaim", "unlock", "unregister", "update", "verify", "watch"];
        using var workspace = new CliWorkspace();
        Assert.All(words, word =>
        {
            var ours = Regex.Match(workspace.Run(word).Error, "did you mean '([^']+)'").Groups[1].Value;
            Assert.NotEqual("", ours);
            Assert.Equal(0, workspace.Run([.. ours.Split(' '), "--help"]).ExitCode);
        });
    }

    [Theory]
    [InlineData("t-17")]
    [InlineData("T17")]
    [InlineData("T-71")]
    public void An_id_that_is_not_there_is_exit_code_4_with_the_one_that_is_near(string id)
    {
        using var workspace = new CliWorkspace().With("parser", "T-17");
        foreach (var verb in new string[][] { ["task", "get", id], ["task", "set", id, "--status", "done"], ["task", "history", id],
            ["assign", id, "--to", "a"], ["start", id, "--agent", "a"], ["task", "test", id], ["lock", id, "--", "true"] })
        {
            var answer = workspace.Run(verb);
            Assert.Equal(4, answer.ExitCode);
            Assert.Equal($"tasklock: Task {id} not found; did you mean T-17?", answer.Error.TrimEnd());
        }
    }

    [Fact]
    public void To_a_program_an_id_that_is_not_there_is_told_as_ever()
    {
        using var workspace = new CliWorkspace().With("T-17");
        Assert.Equal("Task t-17 not found",
            workspace.Run("task", "get", "t-17", "--json").Refusal("TaskNotFound", 4).GetProperty("message").GetString());
    }

    [Fact]
    public void An_agent_and_a_swarm_that_are_not_there_are_hinted_too()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("agent", "add", "builder-1");
        workspace.Run("task", "new", "T-1", "--swarm", "nightly");
        Assert.Contains("; did you mean builder-1?", workspace.Run("agent", "remove", "bulider-1").Error, StringComparison.Ordinal);
        var progress = workspace.Run("progress", "nightli");
        Assert.Equal(0, progress.ExitCode);
        Assert.Equal("tasklock: warning: no task is of the swarm nightli; did you mean nightly?", progress.Error.TrimEnd());
        Assert.Equal("", workspace.Run("progress", "nightli", "--json").Error);
    }

    [Fact]
    public void Help_is_the_help_of_the_command()
    {
        using var workspace = new CliWorkspace();
        Assert.Equal(workspace.Run("task", "new", "--help"), workspace.Run("help", "task", "new"));
        Assert.Equal(workspace.Run("--help"), workspace.Run("help"));
        Assert.Contains("\n  help ", workspace.Run("help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_found_by_patterns_and_an_exact_one_wins()
    {
        using var workspace = new CliWorkspace().With("J-1", "J-2", "J-10", "K-1", "a[1]", "a1");
        Assert.Equal(["J-1", "J-2", "J-10"], Ids("j-*"));
        Assert.Equal(["J-1", "J-2"], Ids("J-?"));
        Assert.Equal(["J-2", "K-1"], Ids("J-[2-9]", "K-[ax1]"));
        Assert.Equal(["a[1]"], Ids("a`[1]"));
        Assert.Empty(Ids("none*"));
        Assert.Equal("a[1]", workspace.Run("task", "get", "a[1]", "--json").Document().GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Array, workspace.Run("task", "get", "K*", "--json").Document().ValueKind);
        workspace.Run("assign", "J-2", "--to", "ann");
        Assert.Equal(["J-1", "J-10"], Ids("J-*", "--unassigned"));
        Assert.Equal(["J-2"], Ids("J-*", "--assignee", "agent:ann"));
        workspace.Run("task", "get", "J-[", "--json").Refusal("InvalidArgument", 2);
        var mixed = workspace.Run("task", "get", "J-9", "K-*", "--json");
        Assert.Equal(4, mixed.ExitCode);
        Assert.Equal(["K-1"], TasklockAnswer.Texts(mixed.Partial(), "id"));

        string[] Ids(params string[] words) =>
            TasklockAnswer.Texts(workspace.Run(["task", "get", "--json", .. words]).Document(), "id");
    }

    [Theory]
    [InlineData("In Progress")]
    [InlineData("in-progress")]
    [InlineData("InProgress")]
    [InlineData("in_progress")]
    [InlineData("doing")]
    public void A_status_may_be_written_as_anywhere(string word)
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("task", "set", "T-1", "--status", word);
        Assert.Equal("T-1", Assert.Single(TasklockAnswer.Texts(workspace.Run("task", "get", "--status", word, "--json").Document(), "id")));
    }

    [Theory]
    [InlineData("90s")]
    [InlineData("90")]
    [InlineData("1.5m")]
    [InlineData("00:01:30")]
    public void A_length_of_time_may_be_written_as_in_either_front_end(string text)
    {
        using var workspace = new CliWorkspace();
        var own = workspace.Run("task", "new", "T-1", "--retry-delay", text, "--not-before", "+" + text, "--json").Document()
            .GetProperty("taskLocking");
        Assert.Equal(90, own.GetProperty("retryDelay").GetInt32());
        Assert.True(own.GetProperty("notBefore").GetDateTimeOffset() > DateTimeOffset.UtcNow);
    }

    [Fact]
    public void Whoever_gets_a_task_may_be_named_with_his_type()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var assignee = workspace.Run("assign", "T-1", "--to", "human:ann", "--json").Document().GetProperty("assignee");
        Assert.Equal(["human", "ann"], new[] { "type", "name" }.Select(name => assignee.GetProperty(name).GetString()));
    }
}

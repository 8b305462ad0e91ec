using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class ArgumentTests
{
    [Theory]
    [InlineData("nope")]
    [InlineData("task")]
    [InlineData("task", "nope")]
    [InlineData("task", "new")]
    [InlineData("task", "new", "T-1", "T-2")]
    [InlineData("task", "new", "T-1", "--bogus")]
    [InlineData("task", "new", "T-1", "--priority", "soon")]
    [InlineData("task", "new", "T-1", "--name")]
    [InlineData("task", "get", "--status", "soon")]
    [InlineData("task", "get", "T-1", "--tag", "x")]
    [InlineData("task", "set", "T-1")]
    [InlineData("task", "set", "--status", "done")]
    [InlineData("task", "set", "T-1", "--clear", "name")]
    [InlineData("task", "set", "T-1", "--clear", "tag", "--tag", "x")]
    [InlineData("task", "set", "T-1", "--status", "done", "--if-version", "-1")]
    [InlineData("task", "remove")]
    [InlineData("task", "history")]
    [InlineData("assign", "T-1")]
    [InlineData("assign", "--to", "a")]
    [InlineData("unassign", "T-1")]
    [InlineData("assignments", "--workload", "--unassigned")]
    [InlineData("lock", "T-1")]
    [InlineData("lock", "--", "true")]
    [InlineData("lock", "T-1", "--")]
    [InlineData("topic", "new")]
    [InlineData("topic", "artifact", "x", "reports")]
    [InlineData("check", "T-1")]
    [InlineData("sync", "--bogus")]
    [InlineData("task", "get", "--timeout", "soon")]
    public void Wrong_arguments_are_refused_with_an_example(params string[] args)
    {
        using var workspace = new CliWorkspace();
        var refusal = workspace.Run(["--json", .. args]).Refusal("InvalidArgument", 2);
        Assert.Matches("Example: tasklock |for example --", refusal.GetProperty("message").GetString()!);
        Assert.False(System.IO.Directory.Exists(System.IO.Path.Combine(workspace.Folder, ".todo2")));
    }

    [Theory]
    [InlineData("next")]
    [InlineData("start")]
    [InlineData("complete")]
    [InlineData("file")]
    [InlineData("progress")]
    [InlineData("graph")]
    [InlineData("agent")]
    [InlineData("nightly")]
    [InlineData("metrics")]
    [InlineData("stress")]
    public void A_command_that_is_not_there_is_not_offered(string name)
    {
        using var workspace = new CliWorkspace();
        workspace.Run(name, "--json").Refusal("InvalidArgument", 2);
        Assert.DoesNotContain($"\n  {name} ", workspace.Run("--help").Output, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_is_told_in_one_sentence_on_standard_error()
    {
        using var workspace = new CliWorkspace();
        var answer = workspace.Run("task", "get", "--bogus");
        Assert.Equal(2, answer.ExitCode);
        Assert.Equal("", answer.Output);
        Assert.StartsWith("tasklock: ", answer.Error, System.StringComparison.Ordinal);
        Assert.Contains("--bogus", answer.Error, System.StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Error, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("task")]
    [InlineData("task", "new")]
    [InlineData("task", "get")]
    [InlineData("task", "set")]
    [InlineData("task", "remove")]
    [InlineData("task", "history")]
    [InlineData("assign")]
    [InlineData("unassign")]
    [InlineData("assignments")]
    [InlineData("lock")]
    [InlineData("topic")]
    [InlineData("topic", "new")]
    [InlineData("topic", "list")]
    [InlineData("topic", "check")]
    [InlineData("topic", "artifact")]
    [InlineData("check")]
    [InlineData("sync")]
    public void Every_command_has_help_with_examples(params string[] command)
    {
        using var workspace = new CliWorkspace();
        var answer = workspace.Run([.. command, "--help"]);
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("\nExamples:\n  ", answer.Output, System.StringComparison.Ordinal);
        Assert.Contains($"tasklock {string.Join(' ', command)}".TrimEnd(), answer.Output, System.StringComparison.Ordinal);
        Assert.Contains("--json", answer.Output, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Version_is_a_number()
    {
        using var workspace = new CliWorkspace();
        Assert.Matches(@"^\d+\.\d+\.\d+\s*$", workspace.Run("--version").Output);
    }
}

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
    [InlineData("task", "get", "--agent", "a")]
    [InlineData("task", "get", "--ready", "--status", "todo")]
    [InlineData("task", "get", "T-1", "--ready")]
    [InlineData("task", "test")]
    [InlineData("task", "new", "T-1", "--max-attempt", "-1")]
    [InlineData("task", "new", "T-1", "--max-attempt", "many")]
    [InlineData("task", "new", "T-1", "--retry-delay", "soon")]
    [InlineData("task", "new", "T-1", "--time-limit", "1w")]
    [InlineData("task", "new", "T-1", "--not-before", "tomorrow")]
    [InlineData("task", "set", "T-1", "--file", "a", "--clear", "file")]
    [InlineData("next")]
    [InlineData("next", "T-1", "--agent", "a")]
    [InlineData("next", "--agent", "a", "--ttl", "x")]
    [InlineData("next", "--agent", "a", "--ttl", "-1")]
    [InlineData("next", "--agent", "a", "--on-overlap", "maybe")]
    [InlineData("next", "--agent", "a", "--pid", "me")]
    [InlineData("next", "--agent", "a", "--pid", "2147483646")]
    [InlineData("start", "--agent", "a")]
    [InlineData("start", "T-1")]
    [InlineData("start", "T-1", "--agent", "a", "--token", "x")]
    [InlineData("complete", "T-1", "T-2", "--agent", "a", "--token", "1")]
    [InlineData("fail", "T-1", "--agent", "a")]
    [InlineData("fail", "T-1", "--agent", "a", "--reason", " ")]
    [InlineData("renew", "T-1", "--agent", "a", "--ttl", "40d")]
    [InlineData("retry")]
    [InlineData("retry", "T-1", "--if-version", "x")]
    [InlineData("file", "lock", "--agent", "a")]
    [InlineData("file", "lock", "a.cs")]
    [InlineData("file", "lock", "a.cs", "--agent", "a", "--ttl", "0")]
    [InlineData("file", "lock", "src/a**", "--agent", "a")]
    [InlineData("file", "unlock", "--agent", "a")]
    [InlineData("file", "unlock", "a.cs", "--all", "--agent", "a")]
    [InlineData("file", "test", "a.cs")]
    [InlineData("file", "list", "a.cs")]
    [InlineData("progress", "s", "--watch", "never")]
    [InlineData("progress", "s", "--watch", "0")]
    [InlineData("graph", "add", "T-1")]
    [InlineData("graph", "remove", "--depends-on", "T-1")]
    [InlineData("graph", "check", "T-1")]
    [InlineData("agent", "add")]
    [InlineData("agent", "add", "a", "--max-tasks", "0")]
    [InlineData("agent", "add", "a", "--type", "robot")]
    [InlineData("agent", "remove")]
    [InlineData("nightly", "--max-per-agent", "0")]
    [InlineData("nightly", "--max-parallel", "few")]
    [InlineData("metrics", "state")]
    [InlineData("completion")]
    [InlineData("completion", "cmd")]
    [InlineData("setup")]
    [InlineData("setup", "emacs")]
    [InlineData("prime", "T-1")]
    public void Wrong_arguments_are_refused_with_an_example(params string[] args)
    {
        using var workspace = new CliWorkspace();
        var refusal = workspace.Run(["--json", .. args]).Refusal("InvalidArgument", 2);
        Assert.Matches("Example: tasklock |for example |Use ", refusal.GetProperty("message").GetString()!);
        Assert.False(System.IO.Directory.Exists(System.IO.Path.Combine(workspace.Folder, ".todo2")));
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
    [InlineData("task", "test")]
    [InlineData("next")]
    [InlineData("start")]
    [InlineData("complete")]
    [InlineData("fail")]
    [InlineData("retry")]
    [InlineData("renew")]
    [InlineData("file")]
    [InlineData("file", "lock")]
    [InlineData("file", "unlock")]
    [InlineData("file", "list")]
    [InlineData("file", "test")]
    [InlineData("progress")]
    [InlineData("graph")]
    [InlineData("graph", "check")]
    [InlineData("graph", "add")]
    [InlineData("graph", "remove")]
    [InlineData("agent")]
    [InlineData("agent", "add")]
    [InlineData("agent", "list")]
    [InlineData("agent", "remove")]
    [InlineData("nightly")]
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
    [InlineData("metrics")]
    [InlineData("completion")]
    [InlineData("prime")]
    [InlineData("setup")]
    [InlineData("help")]
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

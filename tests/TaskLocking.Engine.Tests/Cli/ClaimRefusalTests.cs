using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>The rows of the error table that the verbs of scheduling can meet, by exit code and facts.</summary>
public sealed class ClaimRefusalTests
{
    [Theory]
    [InlineData("start", "T-9", "--agent", "a")]
    [InlineData("complete", "T-9", "--agent", "a")]
    [InlineData("fail", "T-9", "--agent", "a", "--reason", "r")]
    [InlineData("renew", "T-9", "--agent", "a")]
    [InlineData("retry", "T-9")]
    [InlineData("graph", "add", "T-9", "--depends-on", "T-1")]
    [InlineData("graph", "remove", "T-9", "--depends-on", "T-1")]
    [InlineData("task", "test", "T-9")]
    public void TaskNotFound(params string[] args)
    {
        using var workspace = new CliWorkspace().With("T-1");
        var answer = workspace.Run([.. args, "--json"]);
        Assert.Equal("", answer.Output);
        Assert.Equal("T-9", answer.Refusal("TaskNotFound", 4).GetProperty("task_id").GetString());
    }

    [Theory]
    [InlineData("start", "T-1", "--agent", "a")]
    [InlineData("complete", "T-1", "--agent", "a")]
    [InlineData("fail", "T-1", "--agent", "a", "--reason", "r")]
    [InlineData("renew", "T-1", "--agent", "a")]
    public void LeaseLost_tells_both_tokens_and_who_has_the_task_now(params string[] args)
    {
        using var workspace = new CliWorkspace().With("T-1");
        var old = Token(workspace.Run("next", "--agent", "a", "--json").Document());
        workspace.Run("retry", "T-1", "--force");
        var now = Token(workspace.Run("next", "--agent", "b", "--json").Document());
        Assert.True(now > old);
        var refusal = workspace.Run([.. args, "--token", $"{old}", "--json"]).Refusal("LeaseLost", 8);
        Assert.Equal("T-1", refusal.GetProperty("task_id").GetString());
        Assert.Equal(old, refusal.GetProperty("expected_token").GetInt64());
        Assert.Equal(now, refusal.GetProperty("found_token").GetInt64());
        Assert.Equal("b", refusal.GetProperty("agent").GetString());
        Assert.EndsWith("Z", refusal.GetProperty("expires").GetString()!, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("start", "T-1", "--agent", "a")]
    [InlineData("complete", "T-1", "--agent", "a")]
    [InlineData("fail", "T-1", "--agent", "a", "--reason", "r")]
    [InlineData("renew", "T-1", "--agent", "a")]
    public void NotOwner_of_a_task_of_somebody_else(params string[] args)
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("next", "--agent", "b");
        workspace.Run("start", "T-1", "--agent", "b");
        Assert.Equal("b",
            workspace.Run([.. args, "--json"]).Refusal("NotOwner", 7).GetProperty("existing_assignee").GetProperty("name").GetString());
    }

    [Fact]
    public void NotOwner_of_a_task_of_nobody()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("start", "T-1", "--agent", "a", "--json").Refusal("NotOwner", 7);
    }

    [Theory]
    [InlineData("complete", "T-1", "--agent", "a")]
    [InlineData("fail", "T-1", "--agent", "a", "--reason", "r")]
    public void StatusConflict_before_the_start(params string[] args)
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("next", "--agent", "a");
        workspace.Run([.. args, "--json"]).Refusal("StatusConflict", 6);
    }

    [Fact]
    public void StatusConflict_of_a_retry_without_force()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("task", "set", "T-1", "--status", "done");
        workspace.Run("retry", "T-1", "--json").Refusal("StatusConflict", 6);
        Assert.Equal("Todo", workspace.Run("retry", "T-1", "--force", "--json").Document().GetProperty("status").GetString());
    }

    [Fact]
    public void VersionChanged_of_a_retry()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var refusal = workspace.Run("retry", "T-1", "--force", "--if-version", "999", "--json").Refusal("VersionChanged", 8);
        Assert.Equal(999, refusal.GetProperty("expected_version").GetInt64());
    }

    [Fact]
    public void TaskNotReady_names_what_is_not_done()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("task", "new", "T-2", "--depends-on", "T-1");
        workspace.Run("assign", "T-2", "--to", "a");
        var refusal = workspace.Run("start", "T-2", "--agent", "a", "--json").Refusal("TaskNotReady", 6);
        Assert.Equal(["T-1"], refusal.GetProperty("ids").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public void TaskNotReady_before_its_time()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--not-before", "+2h");
        workspace.Run("assign", "T-1", "--to", "a");
        workspace.Run("start", "T-1", "--agent", "a", "--json").Refusal("TaskNotReady", 6);
    }

    [Fact]
    public void DependencyFailed_names_the_root()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("task", "new", "T-2", "--depends-on", "T-1");
        workspace.Run("assign", "T-1", "T-2", "--to", "a");
        workspace.Run("start", "T-1", "--agent", "a");
        workspace.Run("fail", "T-1", "--agent", "a", "--reason", "r");
        Assert.Equal("T-1",
            workspace.Run("start", "T-2", "--agent", "a", "--json").Refusal("DependencyFailed", 6).GetProperty("root_cause").GetString());
    }

    [Fact]
    public void NotPermitted_without_the_capability()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--requires", "docker");
        workspace.Run("assign", "T-1", "--to", "a");
        workspace.Run("start", "T-1", "--agent", "a", "--json").Refusal("NotPermitted", 7);
        Assert.Equal(0, workspace.Run("start", "T-1", "--agent", "a", "--capability", "docker").ExitCode);
    }

    [Fact]
    public void FileLocked_names_the_file_and_who_has_it()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--file", "src/**");
        workspace.Run("assign", "T-1", "--to", "a");
        workspace.Run("file", "lock", "src/a.cs", "--agent", "b");
        var refusal = workspace.Run("start", "T-1", "--agent", "a", "--json").Refusal("FileLocked", 3);
        Assert.Equal("src/**", refusal.GetProperty("path").GetString());
        Assert.Equal("b", refusal.GetProperty("agent").GetString());
    }

    [Fact]
    public void LockTimeout_of_a_held_task()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("next", "--agent", "a");
        using var holder = workspace.Hold("T-1", "builder-1");
        var refusal = workspace.Run("start", "T-1", "--agent", "a", "--timeout", "0", "--json").Refusal("LockTimeout", 5);
        Assert.Equal("builder-1", refusal.GetProperty("holder").GetProperty("agent").GetString());
    }

    private static long Token(JsonElement todo) => todo.GetProperty("taskLocking").GetProperty("claim").GetProperty("token").GetInt64();
}

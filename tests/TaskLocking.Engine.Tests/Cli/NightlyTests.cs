using System;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class NightlyTests
{
    [Fact]
    public void Ready_tasks_go_to_the_agents_with_the_fewest()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2", "T-3", "T-4");
        workspace.Run("agent", "add", "a", "b");
        workspace.Run("task", "set", "T-4", "--tag", "interactive");
        var run = workspace.Run("nightly", "--max-per-agent", "1", "--json").Document();
        Assert.Equal(["what_if", "started", "maintenance", "assigned", "skipped", "archived"],
            run.EnumerateObject().Select(each => each.Name));
        Assert.False(run.GetProperty("what_if").GetBoolean());
        var assigned = run.GetProperty("assigned");
        Assert.Equal(["task_id", "task_name", "type", "agent", "open_tasks"], assigned[0].EnumerateObject().Select(each => each.Name));
        Assert.Equal(["T-1", "T-2"], TasklockAnswer.Texts(assigned, "task_id"));
        Assert.Equal(["a", "b"], TasklockAnswer.Texts(assigned, "agent").Order(StringComparer.Ordinal));
        Assert.Contains("T-3", TasklockAnswer.Texts(run.GetProperty("skipped"), "task_id"));
        Assert.Equal(["T-1", "T-2"], TasklockAnswer.Texts(workspace.Run("assignments", "--json").Document(), "task_id"));
    }

    [Fact]
    public void The_status_tells_when_the_last_one_was_and_what_it_did()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        Assert.Equal(JsonValueKind.Null, workspace.Run("status", "--json").Document().GetProperty("last_nightly").ValueKind);
        Assert.DoesNotContain("nightly", workspace.Run("status").Output, StringComparison.Ordinal);
        workspace.Run("agent", "add", "a");
        workspace.Run("nightly", "--max-per-agent", "1", "--by", "cron");
        var last = workspace.Run("status", "--json").Document().GetProperty("last_nightly");
        Assert.Equal(["started", "finished", "succeeded", "by", "swarm", "maintained", "assigned", "skipped", "archived", "stopped"],
            last.EnumerateObject().Select(each => each.Name));
        Assert.Equal((1, 1, "cron"), (last.GetProperty("assigned").GetInt32(), last.GetProperty("skipped").GetInt32(),
            last.GetProperty("by").GetString()));
        Assert.Matches(@"(?m)^Last nightly run \d+s ago: 0 set right, 1 assigned, 1 skipped$", workspace.Run("status").Output);
        Assert.Contains("nightly_run", workspace.Run("events", "--after", "0").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_changes_nothing()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("nightly", "--agent", "a", "--json").Refusal("AgentNotFound", 4);
        workspace.Run("agent", "add", "a");
        var run = workspace.Run("nightly", "--agent", "a", "--what-if", "--json").Document();
        Assert.True(run.GetProperty("what_if").GetBoolean());
        Assert.Equal(["T-1"], TasklockAnswer.Texts(run.GetProperty("assigned"), "task_id"));
        Assert.Empty(workspace.Run("assignments", "--json").Document().EnumerateArray());
        Assert.Contains("1 assigned", workspace.Run("nightly", "--agent", "a", "--what-if").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limits_and_the_swarm_are_kept()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2", "T-3");
        workspace.Run("agent", "add", "a", "b", "c");
        workspace.Run("task", "set", "T-2", "T-3", "--swarm", "s");
        var run = workspace.Run("nightly", "--agent", "a", "--agent", "b", "--swarm", "s", "--max-parallel", "1", "--json").Document();
        Assert.Equal(["T-2"], TasklockAnswer.Texts(run.GetProperty("assigned"), "task_id"));
        Assert.NotEqual("c", run.GetProperty("assigned")[0].GetProperty("agent").GetString());
    }
}

using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class SwarmCommandTests
{
    [Fact]
    public void A_swarm_is_paused_listed_and_resumed()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--swarm", "s");
        Assert.Equal("Swarm s is paused\n", workspace.Run("swarm", "pause", "s", "--reason", "down", "--by", "eva").Output);
        var swarm = workspace.Run("swarm", "list", "--json").Document()[0];
        Assert.Equal(("s", true, "eva", "down", 1), (swarm.GetProperty("swarm_id").GetString(), swarm.GetProperty("paused").GetBoolean(),
            swarm.GetProperty("paused_by").GetString(), swarm.GetProperty("reason").GetString(), swarm.GetProperty("total").GetInt32()));
        Assert.Contains("paused", workspace.Run("swarm", "list").Output);
        Assert.Equal("null", workspace.Run("next", "--agent", "a", "--json").Output.Trim());
        Assert.Contains("is paused", workspace.Run("next", "--agent", "a").Error + workspace.Run("next", "--agent", "a").Output);
        Assert.Contains("paused", workspace.Run("task", "test", "T-1").Output);
        var done = workspace.Run("work", "--agent", "a", "--until-empty", "--", "true");
        Assert.Contains("of a paused swarm", done.Output + done.Error);
        Assert.True(workspace.Run("swarm", "resume", "s", "--json").Document().GetProperty("changed").GetBoolean());
        Assert.Equal("T-1", workspace.Run("next", "--agent", "a", "--json").Document().GetProperty("id").GetString());
    }

    [Fact]
    public void A_swarm_is_cancelled_after_a_look()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--swarm", "s");
        workspace.Run("task", "new", "T-2", "--depends-on", "T-1");
        Assert.Equal("Swarm s: 2 tasks would be cancelled: T-1, T-2\n", workspace.Run("swarm", "cancel", "s", "--what-if").Output);
        Assert.Equal(["T-1", "T-2"], workspace.Run("swarm", "cancel", "s", "--json").Document().GetProperty("cancelled").EnumerateArray()
            .Select(id => id.GetString()!));
        Assert.Equal("Cancelled", workspace.Run("task", "get", "T-2", "--json").Document().GetProperty("status").GetString());
    }

    [Fact]
    public void What_is_no_swarm_is_refused()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--swarm", "s");
        workspace.Run("swarm", "pause", "none", "--json").Refusal("TaskNotFound", 4);
        workspace.Run("swarm", "cancel", "none", "--json").Refusal("TaskNotFound", 4);
        Assert.Equal(4, workspace.Run("swarm", "pause", "s", "none").ExitCode);
        Assert.True(workspace.Run("swarm", "list", "--json").Document()[0].GetProperty("paused").GetBoolean());
        Assert.Equal(2, workspace.Run("swarm", "pause").ExitCode);
    }
}

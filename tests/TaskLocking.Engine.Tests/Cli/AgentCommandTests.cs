using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class AgentCommandTests
{
    [Fact]
    public void Agents_are_registered_listed_and_removed()
    {
        using var workspace = new CliWorkspace();
        var agent = workspace.Run("agent", "add", "b", "--host", "h", "--capability", "x", "--capability", "y", "--max-tasks", "2",
            "--json").Document();
        Assert.Equal(["name", "type", "host", "capabilities", "max_tasks", "registered"], agent.EnumerateObject()
            .Select(each => each.Name));
        Assert.Equal("agent", agent.GetProperty("type").GetString());
        Assert.Equal("h", agent.GetProperty("host").GetString());
        Assert.Equal(["x", "y"], agent.GetProperty("capabilities").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal(2, agent.GetProperty("max_tasks").GetInt32());
        Assert.Equal(["anna", "a"],
            TasklockAnswer.Texts(workspace.Run("agent", "add", "anna", "a", "--type", "human", "--json").Document(), "name"));
        Assert.Equal(["a", "anna", "b"], TasklockAnswer.Texts(workspace.Run("agent", "list", "--json").Document(), "name"));
        Assert.Contains("x, y", workspace.Run("agent", "list").Output, System.StringComparison.Ordinal);
        var answer = workspace.Run("agent", "remove", "b", "nobody", "--json");
        Assert.Equal(["b"], TasklockAnswer.Texts(answer.Partial(), "name"));
        answer.Refusal("AgentNotFound", 4);
        Assert.Equal("a", workspace.Run("agent", "remove", "a", "--json").Document().GetProperty("name").GetString());
    }

    [Fact]
    public void An_agent_with_claims_is_removed_by_force_alone()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("agent", "add", "a");
        workspace.Run("next", "--agent", "a");
        var refusal = workspace.Run("agent", "remove", "a", "--json").Refusal("AgentHasTasks", 6);
        Assert.Equal("T-1", refusal.GetProperty("ids")[0].GetString());
        Assert.Equal(0, workspace.Run("agent", "remove", "a", "--force").ExitCode);
        Assert.Equal("T-1", workspace.Run("next", "--agent", "b", "--json").Document().GetProperty("id").GetString());
    }

    [Fact]
    public void A_registered_agent_that_is_full_gets_nothing()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        workspace.Run("agent", "add", "a", "--max-tasks", "1");
        Assert.Equal("T-1", workspace.Run("next", "--agent", "a", "--json").Document().GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, workspace.Run("next", "--agent", "a", "--json").Document().ValueKind);
    }
}

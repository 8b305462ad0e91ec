using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class AssignmentTests
{
    [Fact]
    public void Assign_of_one_has_the_origins_shape()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--name", "n");
        var answer = workspace.Run("assign", "T-1", "--to", "a", "--hostname", "h", "--by", "me", "--json").Document();
        Assert.Equal(["success", "task_id", "task_name", "assignee", "previous_assignee", "duration_ms", "locked"], answer.EnumerateObject()
            .Select(each => each.Name));
        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.True(answer.GetProperty("locked").GetBoolean());
        Assert.Equal("n", answer.GetProperty("task_name").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("previous_assignee").ValueKind);
        var assignee = answer.GetProperty("assignee");
        Assert.Equal(["agent", "a", "h", "me"],
            new[] { "type", "name", "hostname", "assigned_by" }.Select(name => assignee.GetProperty(name).GetString()));
        Assert.NotNull(assignee.GetProperty("assigned_at").GetString());
    }

    [Fact]
    public void A_task_of_somebody_else_is_refused_with_who_has_it()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("assign", "T-1", "--to", "bob", "--type", "human");
        var refusal = workspace.Run("assign", "T-1", "--to", "a", "--json").Refusal("TaskAlreadyAssigned", 3);
        Assert.False(refusal.GetProperty("assigned").GetBoolean());
        Assert.Equal("Task already assigned to human:bob", refusal.GetProperty("reason").GetString());
        Assert.Equal("bob", refusal.GetProperty("existing_assignee").GetProperty("name").GetString());
        Assert.Equal("bob",
            workspace.Run("assign", "T-1", "--to", "a", "--force",
                "--json").Document().GetProperty("previous_assignee").GetProperty("name").GetString());
    }

    [Fact]
    public void The_same_assignee_again_is_no_refusal()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("assign", "T-1", "--to", "a");
        Assert.True(workspace.Run("assign", "T-1", "--to", "a", "--json").Document().GetProperty("success").GetBoolean());
    }

    [Fact]
    public void A_batch_with_a_conflict_changes_nothing()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2", "T-3");
        workspace.Run("assign", "T-2", "--to", "b");
        var answer = workspace.Run("assign", "T-1", "T-2", "T-3", "--to", "a", "--json");
        Assert.Equal("", answer.Output);
        var refusal = answer.Refusal("TaskAlreadyAssigned", 3);
        Assert.Empty(refusal.GetProperty("assigned").EnumerateArray());
        Assert.Equal(["T-1", "T-2", "T-3"], TasklockAnswer.Texts(refusal.GetProperty("failed"), "task_id"));
        Assert.Equal(["BatchRefused", "TaskAlreadyAssigned", "BatchRefused"], TasklockAnswer.Texts(refusal.GetProperty("failed"), "code"));
        Assert.Equal(["T-2"], TasklockAnswer.Texts(workspace.Run("assignments", "--json").Document(), "task_id"));
    }

    [Fact]
    public void Skip_conflict_takes_what_is_free_and_reports_the_rest()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2", "T-3");
        workspace.Run("assign", "T-2", "--to", "b");
        var answer = workspace.Run("assign", "T-1", "T-2", "T-3", "--to", "a", "--skip-conflict", "--json").Document();
        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.Equal(["T-1", "T-3"], answer.GetProperty("assigned").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal("Task already assigned to agent:b", answer.GetProperty("failed")[0].GetProperty("reason").GetString());
        Assert.Equal(3, answer.GetProperty("total").GetInt32());
        Assert.Equal(3, workspace.Run("assign", "T-2", "T-2", "--to", "a", "--skip-conflict").ExitCode);
    }

    [Fact]
    public void Unassign_is_the_owners_or_forced()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("assign", "T-1", "--to", "a");
        var refusal = workspace.Run("unassign", "T-1", "--from", "b", "--json").Refusal("NotOwner", 7);
        Assert.False(refusal.GetProperty("unassigned").GetBoolean());
        Assert.Equal("a", refusal.GetProperty("existing_assignee").GetProperty("name").GetString());
        var answer = workspace.Run("unassign", "T-1", "--from", "agent:a", "--json").Document();
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("assignee").ValueKind);
        Assert.Equal("a", answer.GetProperty("previous_assignee").GetProperty("name").GetString());
        Assert.Equal(0, workspace.Run("unassign", "T-1", "--force").ExitCode);
    }

    [Fact]
    public void Assignments_tell_who_has_what_and_how_much()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2", "T-3", "T-4");
        workspace.Run("assign", "T-1", "T-2", "--to", "a");
        workspace.Run("assign", "T-3", "--to", "b", "--type", "host");
        workspace.Run("task", "set", "T-1", "--status", "done");
        Assert.Equal(["T-3"], TasklockAnswer.Texts(workspace.Run("assignments", "--assignee", "host:b", "--json").Document(), "task_id"));
        Assert.Equal(["T-4"], TasklockAnswer.Texts(workspace.Run("assignments", "--unassigned", "--json").Document(), "task_id"));
        var loads = workspace.Run("assignments", "--workload", "--json").Document();
        Assert.Equal(["a", "b"], TasklockAnswer.Texts(loads, "name"));
        Assert.Equal([1, 1], loads.EnumerateArray().Select(load => load.GetProperty("open").GetInt32()));
        Assert.Equal(2, loads[0].GetProperty("total").GetInt32());
        Assert.Contains("host:b", workspace.Run("assignments", "--workload").Output, System.StringComparison.Ordinal);
    }
}

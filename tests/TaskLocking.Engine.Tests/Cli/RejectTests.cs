using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class RejectTests
{
    [Fact]
    public void Reviewed_work_goes_back_to_Todo_and_tells_why()
    {
        using var workspace = new CliWorkspace();
        Review(workspace, "T-1");
        var task = workspace.Run("task", "reject", "T-1", "--reason", "no test", "--agent", "eva", "--json").Document();
        Assert.Equal("Todo", task.GetProperty("status").GetString());
        Assert.Equal("no test", task.GetProperty("taskLocking").GetProperty("failure").GetProperty("reason").GetString());
        Assert.Equal(1, task.GetProperty("taskLocking").GetProperty("attempt").GetInt32());
        var history = workspace.Run("task", "history", "T-1", "--json").Document().EnumerateArray()
            .Where(entry => entry.GetProperty("by").GetString() == "eva").ToList();
        Assert.Contains(history, entry => entry.GetProperty("field").GetString() == "failure"
            && entry.GetProperty("newValue").GetString() == "no test");
        Assert.Contains(history, entry => entry.GetProperty("field").GetString() == "status"
            && entry.GetProperty("oldValue").GetString() == "Review" && entry.GetProperty("newValue").GetString() == "Todo");
    }

    [Fact]
    public void What_is_not_in_Review_is_refused_and_the_others_go_back()
    {
        using var workspace = new CliWorkspace();
        Review(workspace, "T-1");
        workspace.Run("task", "new", "T-2");
        workspace.Run("task", "reject", "T-2", "--reason", "r", "--json").Refusal("StatusConflict", 6);
        workspace.Run("task", "reject", "none", "--reason", "r", "--json").Refusal("TaskNotFound", 4);
        Assert.Equal(6, workspace.Run("task", "reject", "T-2", "T-1", "--reason", "r").ExitCode);
        Assert.Equal("Todo", workspace.Run("task", "get", "T-1", "--json").Document().GetProperty("status").GetString());
        Assert.Equal(2, workspace.Run("task", "reject", "T-1").ExitCode);
    }

    private static void Review(CliWorkspace workspace, string id)
    {
        workspace.Run("task", "new", id, "--needs-review");
        workspace.Run("next", "--agent", "ann", "--start");
        workspace.Run("complete", id, "--agent", "ann");
    }
}

using System;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>Parents and children on the command line.</summary>
public sealed class FamilyCommandTests
{
    [Fact]
    public void Children_are_defined_listed_counted_and_close_their_parent()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--name", "Login");
        Assert.Equal(0, workspace.RunWith("""{"id":"T-1.1.1","parent":"T-1.1"}""" + "\n" + """{"id":"T-1.1","parent":"T-1"}""", null,
            "task", "new", "--from", "-").ExitCode);
        workspace.Run("task", "new", "T-1.2", "--parent", "T-1");
        Assert.Equal(["T-1.1", "T-1.2"], Ids(workspace.Run("task", "get", "--parent", "T-1", "--json")));
        Assert.Equal(["T-1"], Ids(workspace.Run("task", "get", "--parent", "none", "--json")));
        Assert.Equal(["T-1.1.1", "T-1.2"], Ids(workspace.Run("task", "get", "--ready", "--json")).Order());
        var todo = workspace.Run("task", "get", "T-1", "--json").Document();
        Assert.Equal((2, 0), (todo.GetProperty("child_count").GetInt32(), todo.GetProperty("children_closed").GetInt32()));
        Assert.Equal("T-1", workspace.Run("task", "get", "T-1.2", "--json").Document().GetProperty("parentId").GetString());
        Assert.Contains("Parent      T-1\n", workspace.Run("task", "get", "T-1.2").Output, StringComparison.Ordinal);

        workspace.Run("assign", "T-1", "--to", "a");
        var refused = workspace.Run("start", "T-1", "--agent", "a");
        Assert.Equal(6, refused.ExitCode);
        Assert.Contains("Task T-1 is not started before its children are closed: T-1.1 (Todo), T-1.2 (Todo)", refused.Error,
            StringComparison.Ordinal);
        Assert.Contains("It waits for its children: T-1.1 (Todo), T-1.2 (Todo)", workspace.Run("task", "test", "T-1").Output,
            StringComparison.Ordinal);
        workspace.Run("task", "set", "T-1.1.1", "--status", "done");
        Assert.Contains("Children    1 of 2 closed\n", workspace.Run("task", "get", "T-1").Output, StringComparison.Ordinal);
        var progress = workspace.Run("progress", "--parent", "T-1", "--json").Document();
        Assert.Equal(("T-1", 3, 2, 66.7), (progress.GetProperty("parent_id").GetString(), progress.GetProperty("total").GetInt32(),
            progress.GetProperty("completed").GetInt32(), progress.GetProperty("progress").GetDouble()));
        workspace.Run("task", "set", "T-1.2", "--status", "done");
        Assert.Contains("Done", workspace.Run("task", "get", "T-1").Output, StringComparison.Ordinal);
        Assert.Contains("all closed: 2 done, the last was T-1.2", workspace.Run("task", "history", "T-1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_refused_with_its_exit_code()
    {
        using var workspace = new CliWorkspace().With("P", "C");
        workspace.Run("task", "set", "C", "--parent", "P");
        workspace.Run("task", "set", "P", "--parent", "C", "--json").Refusal("DependencyCycle", 6);
        workspace.Run("task", "set", "P", "--status", "done", "--json").Refusal("TaskNotReady", 6);
        workspace.Run("task", "new", "N", "--parent", "X", "--json").Refusal("TaskNotFound", 4);
        workspace.Run("task", "remove", "P", "--json").Refusal("TaskHasDependents", 6);
        workspace.Run("progress", "--parent", "X", "--json").Refusal("TaskNotFound", 4);
        Assert.Equal(2, workspace.Run("progress", "s", "--parent", "P").ExitCode);
        Assert.Equal(2, workspace.Run("task", "get", "--ready", "--parent", "P").ExitCode);
        Assert.Equal(2, workspace.Run("task", "set", "C", "--parent", "P", "--clear", "parent").ExitCode);
        Assert.Equal(0, workspace.Run("task", "set", "C", "--parent", "none").ExitCode);
        Assert.Empty(Ids(workspace.Run("task", "get", "--parent", "P", "--json")));
        workspace.Run("task", "set", "C", "--parent", "P");
        Assert.Equal(0, workspace.Run("task", "set", "C", "--clear", "parent").ExitCode);
        workspace.Run("task", "set", "P", "--status", "done");
        workspace.Run("task", "set", "C", "--parent", "P", "--json").Refusal("StatusConflict", 6);
    }

    [Fact]
    public void A_parent_that_is_no_task_is_told_by_the_check()
    {
        using var workspace = new CliWorkspace();
        System.IO.Directory.CreateDirectory(System.IO.Path.Combine(workspace.Folder, ".todo2"));
        System.IO.File.WriteAllText(workspace.Document, """{"todos":[{"id":"C","parent":"X"},{"id":"D","parent":{"id":1}}]}""");
        var check = workspace.Run("graph", "check");
        Assert.Equal(6, check.ExitCode);
        Assert.Contains("missing  C is a child of X, which is no task\n", check.Output, StringComparison.Ordinal);
        Assert.Contains("the parent {\"id\":1} is not understood", check.Output, StringComparison.Ordinal);
        using var report = JsonDocument.Parse(workspace.Run("graph", "check", "--json").Output);
        Assert.Equal("X", report.RootElement.GetProperty("parent_missing")[0].GetProperty("missing").GetString());
    }

    private static string[] Ids(TasklockAnswer answer) =>
        [.. answer.Document().EnumerateArray().Select(task => task.GetProperty("id").GetString()!)];
}

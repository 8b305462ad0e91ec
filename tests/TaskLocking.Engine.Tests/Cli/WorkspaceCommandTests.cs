using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class WorkspaceCommandTests
{
    [Fact]
    public void Check_passes_where_locks_work_and_leaves_nothing_behind()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var before = Directory.EnumerateFileSystemEntries(workspace.Folder).Count();
        var report = workspace.Run("check", "--json").Document();
        Assert.True(report.GetProperty("passed").GetBoolean());
        Assert.Contains("ReleaseOnKill", TasklockAnswer.Texts(report.GetProperty("items"), "name"));
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(workspace.Folder).Count());
    }

    [Fact]
    public void Check_fails_where_locking_is_switched_off()
    {
        using var workspace = new CliWorkspace();
        var off = new Dictionary<string, string>(System.StringComparer.Ordinal) { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1" };
        var answer = workspace.RunWith("", off, "check", "--json");
        Assert.Equal(10, answer.ExitCode);
        Assert.False(answer.Partial().GetProperty("passed").GetBoolean());
    }

    [Fact]
    public void Sync_adopts_what_others_wrote()
    {
        using var workspace = new CliWorkspace();
        Directory.CreateDirectory(Path.GetDirectoryName(workspace.Document)!);
        File.WriteAllText(workspace.Document, """{"todos":[{"id":"T-1","name":"n","status":"completed","priority":"P1","tags":[]}]}""");
        var report = workspace.Run("sync", "--json").Document();
        Assert.Equal(1, report.GetProperty("tasks").GetInt32());
        Assert.Equal(["version", "tasks", "adopted", "kept_aside", "swept_lock_files", "checkpoint", "not_understood"],
            report.EnumerateObject().Select(each => each.Name));
    }

    [Fact]
    public void The_workspace_is_named_or_told_by_the_environment_or_found_upward()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var elsewhere = new CliWorkspace();
        var below = Directory.CreateDirectory(Path.Combine(workspace.Folder, "a", "b")).FullName;
        Assert.Equal(0, elsewhere.Run("task", "get", "T-1", "--workspace", workspace.Folder).ExitCode);
        Assert.Equal(0, elsewhere.Run("task", "get", "T-1", "-w", Path.GetRelativePath(elsewhere.Folder, workspace.Folder)).ExitCode);
        var told = new Dictionary<string, string>(System.StringComparer.Ordinal) { ["TASKLOCKING_WORKSPACE"] = workspace.Folder };
        Assert.Equal(0, elsewhere.RunWith("", told, "task", "get", "T-1").ExitCode);
        using var found = TasklockProcess.Start(below, null, "task", "get", "T-1");
        Assert.Equal(0, found.Finish().ExitCode);
        elsewhere.Run("task", "get", "T-1", "--json").Refusal("TaskNotFound", 4);
    }

    [Fact]
    public void Reading_makes_nothing()
    {
        using var workspace = new CliWorkspace();
        Assert.Empty(workspace.Run("task", "get", "--json").Document().EnumerateArray());
        Assert.Empty(workspace.Run("assignments", "--json").Document().EnumerateArray());
        Assert.Empty(workspace.Run("topic", "list", "--json").Document().EnumerateArray());
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Folder));
    }

    [Theory]
    [InlineData("task new T-1 --verbose")]
    [InlineData("topic new auth --verbose")]
    public void Verbose_tells_the_wait_and_the_hold_on_standard_error(string arguments)
    {
        using var workspace = new CliWorkspace();
        var answer = workspace.Run(arguments.Split(' '));
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("waited", answer.Error, System.StringComparison.Ordinal);
        Assert.Contains("held", answer.Error, System.StringComparison.Ordinal);
    }
}

using System;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>A dependency that is no task is told once, on standard error, and the task is defined all the same.</summary>
public sealed class MissingDependencyTests
{
    [Theory]
    [InlineData("28", "028")]
    [InlineData("#7", "7")]
    [InlineData("t-1", "T-1")]
    [InlineData("1", "T-1")]
    [InlineData("nothing-like-it", null)]
    public void It_is_told_and_what_may_be_meant_is_named(string missing, string? meant)
    {
        using var workspace = new CliWorkspace().With("028", "7", "T-1");
        var answer = workspace.Run("task", "new", "B", "--depends-on", missing, "--depends-on", "T-1");
        Assert.Equal((0, "Task B defined\n"), (answer.ExitCode, answer.Output));
        Assert.Equal($"tasklock: warning: B waits for {missing}, which is no task{(meant is null ? "" : $" (is {meant} meant?)")}: "
            + "not ready before a task of that id is defined and done.", answer.Error.TrimEnd());
        Assert.Equal("", workspace.Run("task", "set", "B", "--priority", "high").Error);
        Assert.Equal("", workspace.Run("task", "get", "B").Error);
    }

    [Theory]
    [InlineData("Cancelled", "is Cancelled")]
    [InlineData("Failed", "is Failed")]
    [InlineData("Shipped", "has the status 'Shipped', which nobody understands")]
    [InlineData("Todo\",\"dependencies\":[\"X\"],\"x\":\"", "waits for itself")]
    public void What_will_not_come_is_told_too(string status, string why)
    {
        using var workspace = new CliWorkspace();
        System.IO.Directory.CreateDirectory(System.IO.Path.Combine(workspace.Folder, ".todo2"));
        System.IO.File.WriteAllText(workspace.Document,
            "{\"todos\":[{\"id\":\"A\",\"status\":\"" + status + "\"},{\"id\":\"X\",\"dependencies\":[\"A\"]},{\"id\":\"C\"}]}");
        var warning = $"tasklock: warning: B waits for A, which {why}: not ready before somebody does something about it.";
        var answer = workspace.Run("task", "new", "B", "--depends-on", "A", "--depends-on", "C");
        Assert.Equal((0, warning), (answer.ExitCode, answer.Error.TrimEnd()));
        Assert.Equal("", workspace.Run("task", "set", "B", "--priority", "high").Error);
        Assert.Contains("C waits for A, which " + why, workspace.Run("graph", "add", "C", "--depends-on", "A").Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_line_tells_of_a_whole_file_and_not_of_what_comes_behind()
    {
        using var workspace = new CliWorkspace();
        var file = """{"id":"A","dependencies":["B","x"]}""" + "\n" + """{"id":"B","dependencies":["y","y"]}""" + "\n";
        var answer = workspace.RunWith(file, null, "task", "new", "--from", "-", "--json");
        Assert.Equal(0, answer.ExitCode);
        using var warning = JsonDocument.Parse(answer.Error);
        Assert.Equal("DependencyMissing", warning.RootElement.GetProperty("warning").GetProperty("code").GetString());
        Assert.StartsWith("A waits for x, which is no task; B waits for y, which is no task: ",
            warning.RootElement.GetProperty("warning").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_told_when_it_is_given_later_and_only_of_what_is_new()
    {
        using var workspace = new CliWorkspace().With("A", "B");
        Assert.Contains("A waits for x, which is no task:", Told("graph", "add", "A", "--depends-on", "x"), StringComparison.Ordinal);
        Assert.Equal("", workspace.Run("graph", "add", "A", "--depends-on", "x").Error);
        Assert.Equal("", workspace.Run("graph", "add", "A", "--depends-on", "B").Error);
        Assert.Contains("A waits for y, which is no task:",
            Told("task", "set", "A", "--depends-on", "x", "--depends-on", "y"), StringComparison.Ordinal);
        Assert.Equal("", workspace.Run("graph", "remove", "A", "--depends-on", "y").Error);

        string Told(params string[] words) => workspace.Run(words).Error;
    }

    [Fact]
    public void Nobody_who_is_refused_hears_of_it()
    {
        using var workspace = new CliWorkspace().With("A");
        var answer = workspace.Run("task", "new", "A", "--depends-on", "x");
        Assert.Equal(3, answer.ExitCode);
        Assert.DoesNotContain("which is no task", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_asks_for_work_hears_what_waits_in_vain()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "B", "--depends-on", "x");
        var next = workspace.Run("next", "--agent", "w");
        Assert.Equal((0, ""), (next.ExitCode, next.Output));
        Assert.Contains("1 task waits for what will not come: B waits for x, which is no task.", next.Error, StringComparison.Ordinal);
        var json = workspace.Run("next", "--agent", "w", "--json");
        Assert.Equal("null\n", json.Output);
        Assert.Contains("\"code\":\"WaitsInVain\",\"message\":\"1 task waits for what will not come: B waits for x", json.Error,
            StringComparison.Ordinal);
        var progress = workspace.Run("progress");
        Assert.Contains("Stuck: B waits for x, which is no task", progress.Output, StringComparison.Ordinal);
        Assert.Contains("(0 ready, 1 stuck)", progress.Output, StringComparison.Ordinal);
        var check = workspace.Run("graph", "check");
        Assert.Equal(6, check.ExitCode);
        Assert.Contains("stuck    B waits for x, which is no task\n", check.Output, StringComparison.Ordinal);
    }
}

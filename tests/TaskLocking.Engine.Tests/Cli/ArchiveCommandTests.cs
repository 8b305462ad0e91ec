using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary><c>task archive</c> and <c>task restore</c>, and how the others tell of what is archived.</summary>
public sealed class ArchiveCommandTests
{
    [Fact]
    public void Closed_tasks_are_archived_after_a_look_and_brought_back()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--swarm", "s");
        workspace.Run("task", "new", "T-2", "--swarm", "s");
        workspace.Run("task", "set", "T-1", "--status", "done");
        Assert.Equal("0 tasks archived\n", workspace.Run("task", "archive").Output);
        Assert.Equal("1 task would be archived: T-1\n", workspace.Run("task", "archive", "--older", "0", "--what-if").Output);
        var progress = workspace.Run("progress", "s", "--json").Output;
        var report = workspace.Run("task", "archive", "--older", "0", "--swarm", "s", "--json").Document();
        Assert.Equal((1, 1, false), (report.GetProperty("archived").GetArrayLength(), report.GetProperty("in_archive").GetInt32(),
            report.GetProperty("what_if").GetBoolean()));
        Assert.Equal(progress, workspace.Run("progress", "s", "--json").Output);

        Assert.Equal(["T-2"], workspace.Run("task", "get", "--json").Document().EnumerateArray().Select(Id));
        Assert.Equal(["T-1"], workspace.Run("task", "get", "--archived", "--json").Document().EnumerateArray().Select(Id));
        Assert.Equal(["T-1"], workspace.Run("task", "find", "t-", "--archived", "--json").Document().EnumerateArray().Select(Id));
        Assert.True(workspace.Run("task", "get", "T-1", "--json").Document().GetProperty("archived").GetBoolean());
        Assert.Contains("in the archive", workspace.Run("task", "get", "T-1").Output);
        Assert.Contains("Done", workspace.Run("task", "history", "T-1").Output);
        workspace.Run("task", "new", "T-1", "--json").Refusal("TaskAlreadyDefined", 3);
        workspace.Run("assign", "T-1", "--to", "a", "--json");
        Assert.Equal(4, workspace.Run("task", "set", "T-1", "--name", "n").ExitCode);
        workspace.Run("task", "restore", "none", "--json").Refusal("TaskNotFound", 4);
        Assert.Equal("Task T-1 brought back, with status Done\n", workspace.Run("task", "restore", "T-1").Output);
        Assert.Equal("Task T-1 was not in the archive, with status Done\n", workspace.Run("task", "restore", "T-1").Output);
        Assert.Contains("archived   T-1", workspace.Run("nightly", "--archive-after", "0").Output);
        Assert.Equal(2, workspace.Run("task", "archive", "--older", "x").ExitCode);
        Assert.Equal(2, workspace.Run("task", "get", "--archived", "--ready").ExitCode);
    }

    [Fact]
    public void A_long_history_is_told_whole_and_kept_in_part()
    {
        using var workspace = new CliWorkspace();
        var changes = string.Join(",", Enumerable.Range(0, 205).Select(number =>
            "{\"field\":\"name\",\"oldValue\":null,\"newValue\":\"n" + number
                + "\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"by\":\"x\"}"));
        System.IO.File.WriteAllText(System.IO.Path.Combine(workspace.Folder, "long.jsonl"),
            "{\"id\":\"T-1\",\"name\":\"n\",\"status\":\"Todo\",\"changes\":[" + changes + "]}\n");
        Assert.Equal(0, workspace.Run("task", "import", "long.jsonl").ExitCode);
        Assert.Equal(0, workspace.Run("assign", "T-1", "--to", "a").ExitCode);
        Assert.Equal(101, workspace.Run("task", "get", "T-1", "--json").Document().GetProperty("changes").GetArrayLength());
        var history = workspace.Run("task", "history", "T-1", "--json").Document().EnumerateArray().ToList();
        Assert.Equal([.. Enumerable.Range(0, 205).Select(number => "n" + number), "agent:a"],
            history.Select(entry => entry.GetProperty("newValue").GetString()));
        Assert.Contains("n0 ", workspace.Run("task", "history", "T-1").Output);
        Assert.Contains("\"n0\"", workspace.Run("task", "export").Output);
        Assert.Contains("105 entries of the histories of 1 task lie there, whole", workspace.Run("check").Output);
    }

    private static string Id(System.Text.Json.JsonElement task) => task.GetProperty("id").GetString()!;
}

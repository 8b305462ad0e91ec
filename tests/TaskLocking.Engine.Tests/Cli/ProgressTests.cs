using System;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

public sealed class ProgressTests
{
    [Fact]
    public void Progress_has_the_origins_shape()
    {
        using var workspace = Swarm();
        var progress = workspace.Run("progress", "s", "--json").Document();
        Assert.Equal(
            ["swarm_id", "progress", "completed", "in_progress", "pending", "failed", "total", "ready_tasks", "has_cycle", "cycle",
                "conflict_stats", "stuck"],
            progress.EnumerateObject().Select(each => each.Name));
        Assert.Equal("s", progress.GetProperty("swarm_id").GetString());
        Assert.Equal(25, progress.GetProperty("progress").GetDouble());
        Assert.Equal([1, 0, 2, 1, 4, 1],
            new[] { "completed", "in_progress", "pending", "failed", "total",
                "ready_tasks" }.Select(name => progress.GetProperty(name).GetInt32()));
        Assert.False(progress.GetProperty("has_cycle").GetBoolean());
        Assert.Empty(progress.GetProperty("cycle").EnumerateArray());
        var stats = progress.GetProperty("conflict_stats");
        Assert.Equal(["active_locks", "locked_files", "failed_tasks", "failed_task_ids"], stats.EnumerateObject()
            .Select(each => each.Name));
        Assert.Equal("T-2", stats.GetProperty("failed_task_ids")[0].GetString());
        var whole = workspace.Run("progress", "--json").Document();
        Assert.Equal(JsonValueKind.Null, whole.GetProperty("swarm_id").ValueKind);
        Assert.Equal(5, whole.GetProperty("total").GetInt32());
    }

    [Fact]
    public void A_person_sees_a_bar_and_counts()
    {
        using var workspace = Swarm();
        var answer = workspace.Run("progress", "s");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("25.0 %", answer.Output, StringComparison.Ordinal);
        Assert.Contains("4 tasks: 1 done", answer.Output, StringComparison.Ordinal);
        Assert.Contains("T-2", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_tells_each_change_and_ends_with_the_work()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        using var watch = workspace.Start("progress", "--watch", "0.1", "--json");
        Assert.Equal(0, Completed(watch.ReadLine()));
        workspace.Run("task", "set", "T-1", "--status", "done");
        Assert.Equal(1, Completed(watch.ReadLine()));
        workspace.Run("task", "set", "T-2", "--status", "done");
        Assert.Equal(2, Completed(watch.ReadLine()));
        var end = watch.Finish();
        Assert.Equal(0, end.ExitCode);
        Assert.Equal("", end.Output);
    }

    [Fact]
    public void Watch_ends_with_6_when_the_rest_cannot_be_done()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("task", "set", "T-1", "--status", "failed");
        var answer = workspace.Run("progress", "--watch");
        Assert.Equal(6, answer.ExitCode);
        Assert.Single(answer.Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Ctrl_C_ends_a_watch()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var watch = workspace.Start("progress", "--watch", "3600", "--json");
        Assert.Equal(0, Completed(watch.ReadLine()));
        watch.Signal(TasklockProcess.Interrupt);
        Assert.Equal(130, watch.Finish().ExitCode);
    }

    private static CliWorkspace Swarm()
    {
        var workspace = new CliWorkspace().With("T-1", "T-2", "T-3", "T-4", "T-5");
        workspace.Run("task", "set", "T-1", "T-2", "T-3", "T-4", "--swarm", "s");
        workspace.Run("task", "set", "T-4", "--depends-on", "T-3");
        workspace.Run("task", "set", "T-1", "--status", "done");
        workspace.Run("task", "set", "T-2", "--status", "failed");
        return workspace;
    }

    private static int Completed(string? line) => JsonDocument.Parse(line!).RootElement.GetProperty("completed").GetInt32();
}

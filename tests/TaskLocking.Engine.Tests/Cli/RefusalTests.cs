using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>The rows of the error table that a user of these commands can meet, by exit code and JSON.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void TaskAlreadyDefined()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var refusal = workspace.Run("task", "new", "T-1", "--json").Refusal("TaskAlreadyDefined", 3);
        Assert.Equal("T-1", refusal.GetProperty("task_id").GetString());
        Assert.Equal("Task T-1 already defined with status Todo", refusal.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("task", "get", "T-9")]
    [InlineData("task", "set", "T-9", "--status", "done")]
    [InlineData("task", "remove", "T-9")]
    [InlineData("task", "history", "T-9")]
    [InlineData("assign", "T-9", "--to", "a")]
    [InlineData("unassign", "T-9", "--from", "a")]
    [InlineData("lock", "T-9", "--", "true")]
    public void TaskNotFound(params string[] args)
    {
        using var workspace = new CliWorkspace().With("T-1");
        var answer = workspace.Run(["--json", .. args]);
        Assert.Equal("", answer.Output);
        Assert.Equal("T-9", answer.Refusal("TaskNotFound", 4).GetProperty("task_id").GetString());
    }

    [Fact]
    public void TopicNotFound()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("topic", "artifact", "7", "reports", "--json").Refusal("TopicNotFound", 4);
    }

    [Fact]
    public void LockTimeout_of_a_held_task_tells_its_holder()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var holder = workspace.Hold("T-1", "builder-1");
        var refusal = workspace.Run("task", "set", "T-1", "--status", "done", "--timeout", "0", "--json").Refusal("LockTimeout", 5);
        var told = refusal.GetProperty("holder");
        // The command that works, or, while it is being started, the one that starts it.
        var pid = told.GetProperty("pid").GetInt32();
        Assert.Contains(holder.Id, new[] { pid, ParentOf(pid) });
        Assert.Equal("builder-1", told.GetProperty("agent").GetString());
        Assert.StartsWith("sh -c", told.GetProperty("doing").GetString(), System.StringComparison.Ordinal);
        Assert.NotNull(told.GetProperty("since").GetString());
        Assert.Equal("T-1",
            workspace.Run("lock", "T-1", "--timeout", "0", "--json", "--", "true").Refusal("LockTimeout",
                5).GetProperty("task_id").GetString());
        Assert.False(workspace.Run("assign", "T-1", "--to", "a", "--timeout", "0.1", "--json").Refusal("LockTimeout",
            5).GetProperty("assigned").GetBoolean());
    }

    [Theory]
    [InlineData("task", "new", "T-2")]
    [InlineData("sync")]
    public void LockTimeout_of_the_state(params string[] args)
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var holder = workspace.Start("hold-file", workspace.Document + ".lock");
        Assert.Equal("locked", holder.ReadLine());
        workspace.Run([.. args, "--timeout", "0", "--json"]).Refusal("LockTimeout", 5);
        Assert.Equal(0, workspace.Run("task", "get", "T-1").ExitCode);
    }

    [Fact]
    public void LockTimeout_of_the_topics()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("topic", "new", "first");
        using var holder = workspace.Start("hold-file", Path.Combine(workspace.Folder, ".claude", "specs", ".topic_number.lock"));
        Assert.Equal("locked", holder.ReadLine());
        workspace.Run("topic", "new", "second", "--timeout", "0", "--json").Refusal("LockTimeout", 5);
    }

    [Fact]
    public void LockRecursion()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("lock", "T-1", "--", TasklockProcess.Program, "lock", "T-1", "--json", "--", "true").Refusal("LockRecursion", 6);
    }

    [Fact]
    public void LockOrder_of_a_lock_inside_a_lock_that_would_have_to_wait()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2", "T-3");
        using var holder = workspace.Hold("T-2");
        // Whoever holds T-2 may be waiting for T-3, which is held here until this one ends.
        var refusal = workspace.Run("lock", "T-3", "--", TasklockProcess.Program, "lock", "T-2", "--timeout", "-1", "--json", "--",
            "true").Refusal("LockOrder", 6);
        Assert.Equal(("T-2", "T-3"), (refusal.GetProperty("task_id").GetString(), refusal.GetProperty("ids")[0].GetString()));
        Assert.Equal(0, workspace.Run("lock", "T-3", "--", TasklockProcess.Program, "lock", "T-1", "--", "true").ExitCode);
        workspace.Run("lock", "T-1", "--", TasklockProcess.Program, "lock", "T-2", "--timeout", "0", "--json", "--",
            "true").Refusal("LockTimeout", 5);
    }

    [Fact]
    public void DependencyCycle_names_its_ids()
    {
        using var workspace = new CliWorkspace();
        workspace.Run("task", "new", "T-1", "--depends-on", "T-2");
        var refusal = workspace.Run("task", "new", "T-2", "--depends-on", "T-1", "--json").Refusal("DependencyCycle", 6);
        Assert.Equal(["T-1", "T-2"], refusal.GetProperty("ids").EnumerateArray().Select(id => id.GetString()).Distinct()
            .Order(System.StringComparer.Ordinal));
    }

    [Fact]
    public void TaskHasDependents_unless_forced()
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("task", "new", "T-2", "--depends-on", "T-1");
        var refusal = workspace.Run("task", "remove", "T-1", "--json").Refusal("TaskHasDependents", 6);
        Assert.Equal("T-2", refusal.GetProperty("ids")[0].GetString());
        Assert.Equal(0, workspace.Run("task", "remove", "T-1", "--force").ExitCode);
    }

    [Theory]
    [InlineData("task", "set", "T-1", "--status", "done")]
    [InlineData("task", "remove", "T-1")]
    [InlineData("assign", "T-1", "--to", "a")]
    public void VersionChanged_tells_both_versions(params string[] args)
    {
        using var workspace = new CliWorkspace().With("T-1");
        var refusal = workspace.Run([.. args, "--if-version", "999", "--json"]).Refusal("VersionChanged", 8);
        Assert.Equal(999, refusal.GetProperty("expected_version").GetInt64());
        Assert.Equal(1, refusal.GetProperty("found_version").GetInt64());
    }

    [Fact]
    public void The_version_that_get_shows_is_the_one_to_ask_for()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        workspace.Run("task", "set", "T-1", "--status", "in-progress");
        var line = workspace.Run("task", "get",
            "T-1").Output.Split('\n').Single(each => each.StartsWith("Version", System.StringComparison.Ordinal));
        var version = line["Version".Length..].Trim();
        workspace.Run("task", "set", "T-1", "--status", "done", "--if-version", version, "--json").Document();
        workspace.Run("task", "set", "T-1", "--status", "todo", "--if-version", version, "--json").Refusal("VersionChanged", 8);
    }

    [Fact]
    public void StateCorrupt_touches_nothing()
    {
        using var workspace = new CliWorkspace();
        Directory.CreateDirectory(Path.GetDirectoryName(workspace.Document)!);
        File.WriteAllText(workspace.Document, "{\"todos\":[{\"id\":\"T-1\",");
        workspace.Run("task", "new", "T-2", "--json").Refusal("StateCorrupt", 9);
        workspace.Run("task", "get", "--json").Refusal("StateCorrupt", 9);
        Assert.Equal("{\"todos\":[{\"id\":\"T-1\",", File.ReadAllText(workspace.Document));
    }

    [Theory]
    [InlineData("task", "new", "T-1")]
    [InlineData("topic", "new", "a")]
    public void LockingUnsupported_writes_nothing(params string[] args)
    {
        using var workspace = new CliWorkspace();
        workspace.RunWith("",
            new Dictionary<string, string>(System.StringComparer.Ordinal)
            { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1" }, [.. args, "--json"])
            .Refusal("LockingUnsupported", 10);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public void PathNotFound_of_a_workspace()
    {
        TasklockProcess.NeedOwnPaths();
        using var workspace = new CliWorkspace();
        var missing = Path.Combine(workspace.Folder, "none");
        Assert.Equal(missing,
            workspace.Run("task", "get", "--workspace", missing, "--json").Refusal("PathNotFound", 10).GetProperty("path").GetString());
        workspace.Run("task", "get", "-w", "postgres://x", "--json").Refusal("InvalidArgument", 2);
    }

    // "42 (sh) S 41 …": the name may hold anything but the last bracket.
    private static int ParentOf(int pid)
    {
        var text = File.ReadAllText($"/proc/{pid}/stat");
        return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }
}

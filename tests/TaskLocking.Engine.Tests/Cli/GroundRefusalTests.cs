using System;
using System.IO;
using System.Linq;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>The rows of the error table that the ground under a workspace provokes, by exit code and JSON.</summary>
public sealed class GroundRefusalTests
{
    // Root may write everywhere unless it gives that up.
    private const string Plain =
        "PLAIN=; [ \"$(id -u)\" != 0 ] || PLAIN='setpriv --bounding-set=-dac_override,-dac_read_search --'; exec $PLAIN $TASKLOCK \"$@\"";

    private static readonly string Long = new('x', 8000);

    [Theory]
    [InlineData("task", "new", "T-1")]
    [InlineData("topic", "new", "a")]
    public void DiskFull_of_a_fresh_folder(params string[] args)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a small mount.");
        using var workspace = new CliWorkspace();
        // No block and, for what is empty, no name is left.
        workspace.RunWithMounts("""
            mount -t tmpfs -o size=4k,nr_inodes=2 tmpfs "$PWD"; cd "$PWD"
            cat /dev/zero > ballast 2> /dev/null || true
            exec $TASKLOCK "$@"
            """, [.. args, "--json"]).Refusal("DiskFull", 10);
    }

    [Fact]
    public void DiskFull_of_a_commit_that_leaves_what_is_there()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a small mount.");
        using var workspace = new CliWorkspace();
        const string Fill = """
            mount -t tmpfs -o size=512k tmpfs "$PWD"; cd "$PWD"
            $TASKLOCK task new T-1 > /dev/null
            cat /dev/zero > ballast 2> /dev/null || true
            """;
        workspace.RunWithMounts(Fill + "\nexec $TASKLOCK \"$@\"", "task", "set", "T-1", "--content", Long, "--json").Refusal("DiskFull",
            10);
        var after = workspace.RunWithMounts(Fill
            + "\n$TASKLOCK task set T-1 --content \"$1\" 2> /dev/null && exit 1; rm ballast; $TASKLOCK task set T-1 --tag a > " +
                "/dev/null; exec $TASKLOCK task get T-1 --json", Long);
        Assert.Equal("a", after.Document().GetProperty("tags")[0].GetString());
        Assert.False(after.Document().TryGetProperty("content", out _));
    }

    [Theory]
    [InlineData("task", "new", "T-2")]
    [InlineData("task", "set", "T-1", "--status", "done")]
    [InlineData("assign", "T-1", "--to", "a")]
    [InlineData("lock", "T-1", "--", "true")]
    [InlineData("sync")]
    [InlineData("topic", "new", "b")]
    [InlineData("topic", "artifact", "1", "reports")]
    public void ReadOnlyFileSystem_writes_nothing_and_reads(params string[] args)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a mount for reading only.");
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("topic", "new", "a");
        const string Bind = "mount --bind \"$PWD\" \"$PWD\"; mount -o remount,bind,ro \"$PWD\"; cd \"$PWD\"; exec $TASKLOCK \"$@\"";
        workspace.RunWithMounts(Bind, ["--json", .. args]).Refusal("ReadOnlyFileSystem", 10);
        Assert.Equal("T-1", workspace.RunWithMounts(Bind, "task", "get", "T-1", "--json").Document().GetProperty("id").GetString());
        Assert.Equal(0, workspace.RunWithMounts(Bind, "topic", "check").ExitCode);
    }

    [Theory]
    [InlineData("task", "new", "T-2")]
    [InlineData("task", "set", "T-1", "--status", "done")]
    [InlineData("assign", "T-1", "--to", "a")]
    [InlineData("lock", "T-1", "--", "true")]
    [InlineData("topic", "new", "b")]
    [InlineData("topic", "artifact", "1", "reports")]
    public void AccessDenied_writes_nothing_and_reads(params string[] args)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs setpriv.");
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run("topic", "new", "a");
        workspace.RunScript("chmod -R a-w .todo2 .claude; " + Plain, ["--json", .. args]).Refusal("AccessDenied", 10);
        Assert.Equal("T-1", workspace.RunScript(Plain, "task", "get", "T-1", "--json").Document().GetProperty("id").GetString());
        Assert.Equal(0, workspace.RunScript(Plain, "topic", "check").ExitCode);
        workspace.RunScript("chmod -R u+w .todo2 .claude; exec $TASKLOCK \"$@\"", "task", "get");
    }

    // Reading is enough to lock, and to see that nothing is left to do.
    [Fact]
    public void A_sync_that_finds_all_up_to_date_needs_no_right_to_write()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs setpriv.");
        using var workspace = new CliWorkspace().With("T-1");
        Assert.Equal(1,
            workspace.RunScript("chmod -R a-w .todo2; " + Plain, "sync", "--json").Document().GetProperty("version").GetInt32());
        workspace.RunScript("chmod -R u+w .todo2; " + Plain, "task", "get");
    }

    [Fact]
    public void AccessDenied_of_what_may_not_be_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs setpriv.");
        using var workspace = new CliWorkspace().With("T-1");
        workspace.RunScript("chmod 000 .todo2/state.todo2.json .todo2/journal/*; " + Plain, "task", "get",
            "--json").Refusal("AccessDenied", 10);
    }

    [Fact]
    public void CommitUncertain_when_the_disk_does_not_confirm_and_the_next_commit_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a filter for system calls.");
        using var workspace = new CliWorkspace().With("T-1");
        const string Filtered = "exec $WORKER without-flush $TASKLOCK \"$@\"";
        var answer = workspace.RunScript(Filtered, "task", "new", "T-2", "--json");
        Assert.SkipWhen(answer.ExitCode == 77, "This system takes no filter for system calls.");
        var journal = Assert.Single(Directory.GetFiles(Path.Combine(workspace.Folder, ".todo2", "journal"), "*.jsonl"));
        Assert.Equal(journal, answer.Refusal("CommitUncertain", 11).GetProperty("path").GetString());
        // Nobody appends to that journal any more, and on this disk no other can be begun.
        workspace.RunScript(Filtered, "assign", "T-1", "--to", "a", "--json").Refusal("StoreUnavailable", 10);
        Assert.DoesNotContain("T-1", workspace.Run("assignments").Output, StringComparison.Ordinal);
        // What nobody confirmed may still have lasted; here it has.
        workspace.Run("task", "new", "T-2", "--json").Refusal("TaskAlreadyDefined", 3);
        Assert.Equal(0, workspace.Run("task", "new", "T-3").ExitCode);
    }

    [Fact]
    public void LockingUnsupported_where_the_mount_has_no_locks_and_the_self_test_says_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a filter for system calls.");
        using var workspace = new CliWorkspace();
        const string Filtered = "exec $WORKER without-locks $TASKLOCK \"$@\"";
        var answer = workspace.RunScript(Filtered, "task", "new", "T-1", "--json");
        Assert.SkipWhen(answer.ExitCode == 77, "This system takes no filter for system calls.");
        var message = answer.Refusal("LockingUnsupported", 10).GetProperty("message").GetString()!;
        Assert.Contains("the mount /", message, StringComparison.Ordinal);
        Assert.Contains("tasklock check", message, StringComparison.Ordinal);
        workspace.RunScript(Filtered, "topic", "new", "a", "--json").Refusal("LockingUnsupported", 10);
        var check = workspace.RunScript(Filtered, "check", "--json");
        Assert.Equal(10, check.ExitCode);
        var failed = check.Partial().GetProperty("items").EnumerateArray().Where(item => !item.GetProperty("passed").GetBoolean())
            .Select(item => item.GetProperty("name").GetString());
        Assert.Equal(["Exclusion", "ExclusionAcrossProcesses", "ReleaseOnKill"], failed);
        Assert.Equal(0, workspace.Run("check").ExitCode);
    }
}

using System;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>A lock file that one may only read locks all the same: whoever made it shuts nobody out.</summary>
public sealed class NarrowLockFileTests
{
    // Root may write everywhere unless it gives that up.
    private const string Plain = "PLAIN=; [ \"$(id -u)\" != 0 ] || PLAIN='setpriv --bounding-set=-dac_override,-dac_read_search --'; ";

    private const string TaskLock = ".todo2/locks/task_T-1.lock";

    [Theory]
    [InlineData(TaskLock, "lock T-1 -- true")]
    [InlineData(TaskLock, "task set T-1 --name x")]
    [InlineData(".todo2/state.todo2.json.lock", "task set T-1 --name x")]
    [InlineData(".todo2/journal/publish.lock", "sync")]
    [InlineData(".todo2/metrics.lock", "metrics --reset")]
    [InlineData("specs/.topic_number.lock", "topic new next --root specs")]
    public void Reading_is_enough_to_lock(string file, string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Gives up root's right to write everywhere.");
        using var workspace = Ground();
        Narrow(workspace, "444", file);
        var answer = workspace.RunScript(Plain + "exec $PLAIN \"$TASKLOCK\" \"$@\"", command.Split(' '));
        Assert.True(answer.ExitCode == 0, answer.Error);
    }

    [Fact]
    public void It_is_not_taken_from_those_who_may_write_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Gives up root's right to write everywhere.");
        using var workspace = Ground();
        using var holder = workspace.Hold("T-1");
        Narrow(workspace, "400", TaskLock);
        workspace.RunScript(Plain + "exec $PLAIN \"$TASKLOCK\" lock T-1 --timeout 0 --json -- true").Refusal("LockTimeout", 5);
    }

    [Fact]
    public void Without_the_right_to_read_it_is_refused_by_name()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Gives up root's right to write everywhere.");
        using var workspace = Ground();
        Narrow(workspace, "0", TaskLock);
        workspace.RunScript(Plain + "exec $PLAIN \"$TASKLOCK\" lock T-1 --json -- true").Refusal("AccessDenied", 10);
    }

    private static void Narrow(CliWorkspace workspace, string mode, string file) =>
        Assert.Equal(0, workspace.RunScript("chmod \"$@\"", mode, file).ExitCode);

    private static CliWorkspace Ground()
    {
        var workspace = new CliWorkspace().With("T-1");
        Assert.Equal(0, workspace.Run("lock", "T-1", "--", "true").ExitCode);
        Assert.Equal(0, workspace.Run("topic", "new", "first", "--root", "specs").ExitCode);
        Assert.Equal(0, workspace.Run("metrics", "--reset").ExitCode);
        Assert.Equal(0, workspace.Run("sync").ExitCode);
        return workspace;
    }
}

using System;
using System.IO;
using TaskLocking.FileStore;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Processes;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// A container whose filter of system calls is older than statx: everything works, and what was written in it is no other store outside.
/// </summary>
public sealed class OldContainerTests : IDisposable
{
    private readonly CliWorkspace _place = new CliWorkspace().With("A");

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(1)] // EPERM, as Docker had it
    [InlineData(38)] // ENOSYS
    public void Where_statx_is_refused_commands_work_and_end(int errno)
    {
        var epoch = Epoch();
        var script = $"exec $WORKER without-statx {errno} $TASKLOCK \"$@\"";
        var first = _place.RunScript(script, "task", "new", "B", "--timeout", "30");
        Assert.SkipWhen(first.ExitCode == 77, "No filter of system calls here.");
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal(0, _place.RunScript(script, "next", "--agent", "x", "--timeout", "30").ExitCode);
        Assert.Equal(0, _place.RunScript(script, "sync").ExitCode);
        Assert.Equal(0, _place.Run("task", "new", "C").ExitCode);
        Assert.Equal(0, _place.RunScript(script, "task", "set", "C", "--name", "c").ExitCode);
        Assert.Equal("c", _place.Run("task", "get", "C", "--json").Document().GetProperty("name").GetString());
        Assert.Equal(epoch, Epoch());
    }

    [Fact]
    public void A_store_that_is_begun_there_goes_on_outside()
    {
        Directory.Delete(Path.Combine(_place.Folder, ".todo2"), recursive: true);
        var begun = _place.RunScript("exec $WORKER without-statx 1 $TASKLOCK \"$@\"", "task", "new", "B");
        Assert.SkipWhen(begun.ExitCode == 77, "No filter of system calls here.");
        Assert.True(begun.ExitCode == 0, begun.Error);
        var epoch = Epoch();
        Assert.Equal(0, _place.Run("task", "new", "C").ExitCode);
        Assert.Equal(0, _place.Run("task", "new", "D").ExitCode);
        Assert.Equal(epoch, Epoch());
    }

    private string Epoch()
    {
        using var image = StoreLoader.Load(new StorePaths(_place.Folder));
        return image.Epoch;
    }
}

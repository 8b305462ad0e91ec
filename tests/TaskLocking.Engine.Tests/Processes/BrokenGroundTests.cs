using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>
/// Full disks, missing rights and other bad ground, each refused by its own code with nothing lost. File systems of a few megabytes are
/// mounted in a mount namespace of their own, which any user may make and which is gone with the process.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class BrokenGroundTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_full_disk_is_refused_and_what_was_acknowledged_stays()
    {
        var lines = InNamespace("""
            mount -t tmpfs -o size=3m tmpfs "$1"
            head -c 1m /dev/zero > "$1/ballast"
            echo | "$WORKER" fill "$1" 20000
            rm "$1/ballast"
            echo | "$WORKER" define "$1" after
            echo | "$WORKER" list "$1"
            """);
        var refusal = Assert.Single(lines, line => line[0] == "refused");
        Assert.Equal("DiskFull", refusal[1]);
        var acknowledged = lines.Where(line => line[0] == "defined").Select(line => line[^1]).ToList();
        Assert.Equal("after", acknowledged[^1]);
        Assert.True(acknowledged.Count > 10);
        var listed = lines.Where(line => line[0] == "task").Select(line => line[1]).ToList();
        // The refused one may not be there: its line was cut again.
        Assert.Equal(acknowledged, listed);
    }

    [Fact]
    public void A_file_system_for_reading_only_is_read_and_refused_for_writing()
    {
        var lines = InNamespace("""
            mount -t tmpfs -o size=3m tmpfs "$1"
            echo | "$WORKER" define "$1" A
            mount -o remount,ro "$1"
            echo | "$WORKER" define "$1" B 2> /dev/null || true
            echo | "$WORKER" list "$1"
            """);
        Assert.Equal(["defined:A", "refused:ReadOnlyFileSystem", "task:A"],
            lines.Select(line => line[0] + ":" + line[line[0] == "defined" ? 2 : 1]));
    }

    [Fact]
    public void A_fresh_folder_on_a_file_system_for_reading_only_is_refused()
    {
        var lines = InNamespace("""
            mount -t tmpfs -o size=1m,ro tmpfs "$1"
            echo | "$WORKER" define "$1" B 2> /dev/null || true
            """);
        Assert.Equal(["refused", "ReadOnlyFileSystem"], Assert.Single(lines));
    }

    [Fact]
    public void A_folder_without_the_right_to_write_is_refused_and_still_read()
    {
        // Root may write everywhere unless it gives that up.
        const string Define = "echo | $PLAIN \"$WORKER\" define \"$1\" B 2> /dev/null || true; echo | $PLAIN \"$WORKER\" list \"$1\"";
        Directory.CreateDirectory(_place.In("fresh"));
        var fresh = Script.Run(Rights("chmod 555 \"$1\"", Define), _place.In("fresh"));
        Assert.Equal(["refused", "AccessDenied"], Assert.Single(fresh));

        using (var board = _place.Open())
            board.Define([new TaskDefinition("A")]);
        var used = Script.Run(Rights("chmod -R a-w \"$1/.todo2\"", Define), _place.Path);
        Assert.Equal(["refused:AccessDenied", "task:A"], used.Select(line => line[0] + ":" + line[1]));
        Script.Run("chmod -R u+w \"$1\"", _place.Path);
        using var again = _place.Open();
        Assert.Null(again.Define([new TaskDefinition("B")])[0].Refusal);
    }

    [Fact]
    public void A_path_below_a_file_is_refused()
    {
        File.WriteAllText(_place.In("file"), "");
        Assert.Equal(RefusalCode.PathNotFound,
            Assert.Throws<TaskLockingException>(() => TaskBoard.Open(_place.In("file", "below"))).Refusal.Code);
        Assert.Equal(RefusalCode.PathNotFound,
            Assert.Throws<TaskLockingException>(() => TaskBoard.Open(_place.In("missing"))).Refusal.Code);

        File.WriteAllText(_place.Store, "a file where the folder should be");
        using var board = _place.Open();
        Assert.Equal(RefusalCode.UnsafeFile,
            Assert.Throws<TaskLockingException>(() => board.Define([new TaskDefinition("A")])).Refusal.Code);
        Assert.Equal("a file where the folder should be", File.ReadAllText(_place.Store));
    }

    [Theory]
    [InlineData("define")]
    [InlineData("topics")]
    public void Where_locking_is_switched_off_nothing_is_written(string what)
    {
        var environment = new Dictionary<string, string> { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1" };
        using var worker = Worker.Start(environment, what == "define" ? ["define", _place.Path, "A"] : ["topics", _place.Path, "1", "1"]);
        worker.Ready();
        worker.Go();
        Assert.Equal(["refused", "LockingUnsupported"], Assert.Single(worker.Lines()));
        Assert.Equal(RefusalTable.ExitCode(RefusalCode.LockingUnsupported), worker.WaitForExit());
        Assert.Empty(Directory.GetFileSystemEntries(_place.Path));
    }

    private static string Rights(string before, string script) =>
        $"{before}; PLAIN=; [ \"$(id -u)\" != 0 ] || PLAIN='setpriv --bounding-set=-dac_override,-dac_read_search --'; {script}";

    private List<string[]> InNamespace(string script) =>
        Script.Run("export SCRIPT='" + script.Replace("'", "'\\''", StringComparison.Ordinal) + "'\n" +
            "[ \"$(id -u)\" = 0 ] && flags=-m || flags=-Urm\nexec unshare $flags bash -eu -c \"$SCRIPT\" bash \"$1\"", _place.Path);
}

using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>The disk of the server is full for a while, as seen on a small one in memory; only root can make that.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly string _mount = Directory.CreateTempSubdirectory("tasklocking-full-").FullName;
    private readonly ScratchCluster _server;
    private readonly bool _isMounted;

    public FullDiskTests()
    {
        _isMounted = OperatingSystem.IsLinux() && Environment.UserName == "root"
            && Run("mount", "-t", "tmpfs", "-o", "size=160m,mode=755", "tmpfs", _mount);
        _server = new ScratchCluster(_mount);
    }

    public void Dispose()
    {
        _server.Dispose();
        if (_isMounted)
            Run("umount", "-l", _mount);
        Directory.Delete(_mount, recursive: true);
    }

    [Fact]
    public void What_was_answered_is_there_when_there_is_room_again()
    {
        if (!_isMounted)
            Assert.Skip("a small disk in memory cannot be mounted here");
        _ = _server.Address("team");
        var fleet = new Fleet(_server, () => _server.Address("team"), "team");
        fleet.Run(4, () =>
        {
            fleet.Await(40);
            var filler = Path.Combine(_mount, "filler");
            Fill(filler);
            Assert.True(SpinWait.SpinUntil(() => _server.Log.Contains("No space left", StringComparison.Ordinal), TimeSpan.FromMinutes(1)),
                "the server never wanted more room");
            File.Delete(filler);
            _server.Crash(); // It may have ended by itself.
            fleet.Await(40);
        });
        fleet.Check();
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        try
        {
            for (var block = new byte[64 << 10]; ;)
                file.Write(block);
        }
        catch (IOException)
        {
            // That was the last of it.
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

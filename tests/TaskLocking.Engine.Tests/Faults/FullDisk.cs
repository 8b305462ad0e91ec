using System;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// A file system whose disk really fails: ext4 on an image that lies on a small file system in memory. When that is full, a write inside is
/// taken into the cache, and its flush fails, since the block has nowhere to go. Linux, root, loop devices.
/// </summary>
/// <remarks>
/// A loop device takes a write of which only a part could be done for a whole one: the disk would lie. So it is given one page at a time.
/// </remarks>
internal sealed class FullDisk : IDisposable
{
    private readonly string _place = Directory.CreateTempSubdirectory("tasklock-full-disk-").FullName;
    private readonly string _ballast;

    private FullDisk()
    {
        _ballast = Path.Combine(_place, "back", "ballast");
        Folder = Path.Combine(_place, "disk");
    }

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>Makes it; the test is skipped, with the reason, where that cannot be done.</summary>
    /// <param name="hasJournal">Whether ext4 has its own journal.</param>
    public static FullDisk Make(bool hasJournal)
    {
        var isRoot = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;
        Assert.SkipUnless(isRoot, "NO DISK WAS MADE TO FAIL: only root on Linux can mount one.");
        var disk = new FullDisk();
        var fault = disk.Run($"mkdir back disk; mount -t tmpfs -o size=12m tasklock-test back; truncate -s 64M back/image; " +
            $"mkfs.ext4 -q -F -b 4096 {(hasJournal ? "-J size=4 -E lazy_journal_init=0" : "-O ^has_journal")} back/image; " +
            "losetup -f --show back/image > loop; echo /sys/block/$(basename $(cat loop))/queue/max_sectors_kb > limit; " +
            "cat $(cat limit) > before; echo 4 > $(cat limit); mount $(cat loop) disk");
        if (fault.Length == 0)
            return disk;
        disk.Dispose();
        Assert.Skip("NO DISK WAS MADE TO FAIL: ext4 on a loop device cannot be mounted here: " + fault);
        throw new InvalidOperationException();
    }

    /// <summary>No block that is new finds room from now on.</summary>
    public void Fill()
    {
        Assert.Empty(Run("sync -f disk"));
        _ = Run("cat /dev/zero > back/ballast");
    }

    /// <summary>There is room again.</summary>
    public void Free() => File.Delete(_ballast);

    /// <summary>What is only in memory of it is gone; nobody may have a file open there.</summary>
    public void Forget() => Assert.Empty(Run("umount disk; sync; echo 3 > /proc/sys/vm/drop_caches; mount $(cat loop) disk"));

    /// <summary>What can be read again is no longer in memory.</summary>
    public void DropCaches() => Assert.Empty(Run("echo 3 > /proc/sys/vm/drop_caches"));

    public void Dispose()
    {
        foreach (var step in new[] { "umount disk", "cat before > $(cat limit)", "losetup -d $(cat loop)", "umount -l back" })
            _ = Run(step);
        Directory.Delete(_place, recursive: true);
    }

    // What it says if it fails.
    private string Run(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euc", script])
        {
            WorkingDirectory = _place,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : $"{said.Trim()} ({process.ExitCode})";
    }
}

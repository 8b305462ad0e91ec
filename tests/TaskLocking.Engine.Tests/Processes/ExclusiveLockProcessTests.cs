using System;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.Locking;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Processes;

[Collection(ProcessTests.Name)]
public sealed class ExclusiveLockProcessTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    private string LockPath => _place.In("some.lock");

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_hundred_processes_take_it_a_hundred_times_and_never_overlap()
    {
        const int Processes = 100;
        const int Times = 100;
        var told = Worker.RunTogether(Enumerable.Repeat(new[] { "take", LockPath, Times.ToString(CultureInfo.InvariantCulture) },
            Processes));
        Assert.All(told, lines => Assert.Equal(["took", "100", "0"], Assert.Single(lines)));
        Assert.False(File.Exists(LockPath + ".marker"));
        // The second witness counted without protection: any overlap could have lost one.
        var slot = File.ReadAllBytes(LockPath + ".slot");
        Assert.Equal((0, Processes * Times), (BitConverter.ToInt64(slot, 0), BitConverter.ToInt64(slot, 8)));
        Assert.Equal(0, new FileInfo(LockPath).Length);
    }

    [Fact]
    public void The_witnesses_tell_an_overlap()
    {
        // Without exclusion the same ground must not look the same: somebody is made to stand inside.
        File.WriteAllText(LockPath + ".marker", "");
        Assert.Equal(["took", "1", "1"], Assert.Single(Worker.Run("take", LockPath, "1")));
        var slot = new byte[16];
        slot[0] = 1;
        File.WriteAllBytes(LockPath + ".slot", slot);
        Assert.Equal(["took", "1", "2"], Assert.Single(Worker.Run("take", LockPath, "1")));
    }

    [Fact]
    public void After_a_kill_of_the_holder_the_next_acquires()
    {
        using var holder = Worker.Start("hold-file", LockPath);
        holder.Ready();
        Assert.Null(ExclusiveLock.TryAcquire(LockPath));
        holder.Kill();
        Assert.Equal(Worker.Killed, holder.WaitForExit());
        using var own = ExclusiveLock.TryAcquire(LockPath);
        Assert.NotNull(own);
    }

    [Fact]
    public void A_waiter_gets_it_when_the_holder_is_killed()
    {
        using var holder = Worker.Start("hold-file", LockPath);
        holder.Ready();
        LockWait? told = null;
        var options = new LockOptions
        {
            Timeout = TimeSpan.FromMinutes(2),
            OnWait = wait =>
            {
                told ??= wait;
                holder.Kill();
            },
        };
        using var own = ExclusiveLock.Acquire(LockPath, options);
        Assert.Equal(LockPath, told?.Resource);
    }

    [Fact]
    public void A_timeout_names_the_process_that_holds_it()
    {
        using var holder = Worker.Start("hold-file", LockPath);
        holder.Ready();
        var refusal = Assert.Throws<TaskLockingException>(() => ExclusiveLock.Acquire(LockPath,
            new LockOptions { Timeout = TimeSpan.Zero })).Refusal;
        Assert.Equal(RefusalCode.LockTimeout, refusal.Code);
        if (OperatingSystem.IsLinux())
            Assert.Equal(holder.Pid, refusal.Holder!.Pid);
        holder.Go();
        holder.Finish();
    }

    [Fact]
    public void A_deleted_lock_file_lets_nobody_in_beside_the_new_one()
    {
        using var holder = Worker.Start("hold-file", LockPath);
        holder.Ready();
        File.Delete(LockPath);
        using var own = ExclusiveLock.Acquire(LockPath);
        Assert.Throws<IOException>(() => new FileStream(LockPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose());
    }
}

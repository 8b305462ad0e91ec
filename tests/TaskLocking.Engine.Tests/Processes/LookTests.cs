using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TaskLocking.Locking;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>To look whether somebody holds a lock is not to hold it: neither for those who look, nor for those who take it.</summary>
[Collection(ProcessTests.Name)]
public sealed class LookTests : IDisposable
{
    private const int Looks = 20_000;

    private readonly TempWorkspace _place = new();

    private string LockPath => _place.In("some.lock");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Those_who_look_do_not_see_each_other()
    {
        File.WriteAllText(LockPath, "");
        using var together = new Barrier(2);
        var held = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => OnThread(() =>
        {
            together.SignalAndWait();
            return Enumerable.Range(0, Looks).Count(_ => LockFile.IsHeld(LockPath));
        })));
        Assert.Equal([0, 0], held);
    }

    [Fact]
    public async Task A_single_try_takes_what_others_only_look_at()
    {
        File.WriteAllText(LockPath, "");
        using var over = new CancellationTokenSource();
        using var together = new Barrier(4);
        var lookers = Enumerable.Range(0, 3).Select(_ => OnThread(() =>
        {
            together.SignalAndWait();
            var looks = 0;
            for (; !over.IsCancellationRequested; looks++)
                LockFile.IsHeld(LockPath);
            return looks;
        })).ToList();
        together.SignalAndWait();
        var taken = 0;
        for (var i = 0; i < Looks / 10; i++)
        {
            using var own = ExclusiveLock.TryAcquire(LockPath);
            taken += own is null ? 0 : 1;
        }
        await over.CancelAsync();
        Assert.All(await Task.WhenAll(lookers), looks => Assert.NotEqual(0, looks));
        Assert.Equal(Looks / 10, taken);
    }

    [Fact]
    public async Task What_is_held_is_seen_and_refused_at_once()
    {
        using (ExclusiveLock.Acquire(LockPath))
        {
            Assert.True(LockFile.IsHeld(LockPath));
            Assert.Equal(0, await OnThread(() => ExclusiveLock.TryAcquire(LockPath) is null ? 0 : 1));
        }
        Assert.False(LockFile.IsHeld(LockPath));
        Assert.False(LockFile.IsHeld(_place.In("none.lock")));
    }

    [Fact]
    public void Who_shares_it_keeps_out_who_takes_it_and_nobody_else()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs flock(1).");
        File.WriteAllText(LockPath, "");
        using var other = Script.Start("flock -s \"$1\" bash -c 'echo LOCKED; read -r line || true'", LockPath);
        other.Expect("LOCKED");
        Assert.False(LockFile.IsHeld(LockPath));
        Assert.Null(ExclusiveLock.TryAcquire(LockPath));
        other.Go();
    }

    [Fact]
    public async Task What_is_swept_is_held_by_nobody()
    {
        using var board = _place.Open();
        board.Define([.. Enumerable.Range(0, 4).Select(i => new TaskDefinition("T" + i))]);
        board.Edit([.. Enumerable.Range(0, 4).Select(i => new TaskEdit("T" + i) { Status = AgentTaskStatus.Done })]);
        using var over = new CancellationTokenSource();
        var looker = OnThread(() =>
        {
            var held = 0;
            for (var i = 0; !over.IsCancellationRequested; i++)
                held += LockFile.IsHeld(TaskLockFile.PathOf(_place.In(".todo2", "locks"), "T" + i % 4)) ? 1 : 0;
            return held;
        });
        for (var round = 0; round < 200; round++)
        {
            for (var i = 0; i < 4; i++)
                File.WriteAllText(TaskLockFile.PathOf(Directory.CreateDirectory(_place.In(".todo2", "locks")).FullName, "T" + i), "");
            Assert.Equal(4, board.Sync().SweptLockFiles);
        }
        await over.CancelAsync();
        Assert.Equal(0, await looker);
    }

    [Fact]
    public async Task Topics_that_are_audited_are_made_by_a_single_try()
    {
        var store = TopicStore.Open(_place.Path, "specs");
        store.Create(["first"]);
        using var over = new CancellationTokenSource();
        var audits = Enumerable.Range(0, 2).Select(_ => OnThread(() =>
        {
            var faults = 0;
            while (!over.IsCancellationRequested)
                faults += store.Check().Issues.Count;
            return faults;
        })).ToList();
        for (var i = 0; i < 300; i++)
            store.Create(["next"], options: new LockOptions { Timeout = TimeSpan.Zero });
        await over.CancelAsync();
        // Neither held, though it was being taken all the time, nor a gap in what was being made.
        var faults = await Task.WhenAll(audits);
        Assert.Equal([0, 0], faults);
        Assert.Equal(301, store.Check().Highest);
    }

    // A thread of its own: the pool would start the second looker when the first is done.
    private static Task<int> OnThread(Func<int> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}

using System;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary><c>flock(1)</c> holds our lock files: what we do waits until it lets go, and only then.</summary>
[Collection(ProcessTests.Name)]
public sealed class ForeignLockTests : IDisposable
{
    // The marker is made while the lock is still held: whoever waited for the lock finds it.
    private const string HoldAndMark = "flock \"$1\" bash -c 'echo LOCKED; read -r line || true; touch \"$0.freed\"' \"$1\"";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void The_state_lock_makes_a_define_wait()
    {
        using var board = _place.Open();
        board.Define([new TaskDefinition("A")]);
        ItWaits(_place.StateLock, report =>
            board.Define([new TaskDefinition("B")], new CommitOptions { Timeout = Patience, OnWait = _ => report() }));
        Assert.NotNull(board.FindTask("B"));
    }

    [Fact]
    public void The_state_lock_makes_a_define_time_out_with_its_code()
    {
        using var board = _place.Open();
        board.Define([new TaskDefinition("A")]);
        using var other = Script.Start(HoldAndMark, _place.StateLock);
        other.Expect("LOCKED");
        var refused = Assert.Throws<TaskLockingException>(() =>
            board.Define([new TaskDefinition("B")], new CommitOptions { Timeout = TimeSpan.Zero }));
        Assert.Equal(RefusalCode.LockTimeout, refused.Refusal.Code);
        Assert.NotNull(board.FindTask("A"));
        Assert.Null(board.FindTask("B"));
    }

    [Fact]
    public void A_task_lock_makes_a_change_of_that_task_wait()
    {
        using var board = _place.Open();
        board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
        string path;
        using (board.Hold(["A"]))
            path = Directory.GetFiles(_place.In(".todo2", "locks"), "task_*.lock").Single();
        ItWaits(path, report =>
        {
            Assert.Null(board.Edit([new TaskEdit("B") { Name = "free" }], new CommitOptions { Timeout = TimeSpan.Zero })[0].Refusal);
            board.Edit([new TaskEdit("A") { Name = "changed" }], new CommitOptions { Timeout = Patience, OnWait = _ => report() });
        });
        Assert.Equal("changed", board.FindTask("A")!.Name);
    }

    [Fact]
    public void The_topic_lock_makes_an_allocation_wait()
    {
        var topics = TopicStore.Open(_place.Path, "specs");
        topics.Create(["one"]);
        ItWaits(Path.Combine(topics.Root, ".topic_number.lock"), report =>
            topics.Create(["two"], options: new LockOptions { Timeout = Patience, OnWait = _ => report() }));
        Assert.Equal(["001", "002"], topics.List().Select(topic => topic.Number));
    }

    private static void ItWaits(string lockPath, Action<Action> work)
    {
        using var other = Script.Start(HoldAndMark, lockPath);
        other.Expect("LOCKED");
        var waited = false;
        work(() =>
        {
            if (!waited)
                other.Go();
            waited = true;
        });
        Assert.True(waited);
        Assert.True(File.Exists(lockPath + ".freed"));
    }
}

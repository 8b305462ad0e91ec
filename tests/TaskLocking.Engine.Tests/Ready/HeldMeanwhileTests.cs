using System;
using System.Threading;
using System.Threading.Tasks;
using TaskLocking.Locking;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Ready;

/// <summary>A task that somebody locks after it was chosen and before the commit: another will do, and nobody waits.</summary>
public sealed class HeldMeanwhileTests
{
    private const int MostTries = 40;

    private static readonly CommitOptions Patient = new() { Timeout = TimeSpan.FromSeconds(20) };
    private static readonly HoldOptions PatientHold = new() { Timeout = TimeSpan.FromMinutes(2) };

    [Fact]
    public async Task A_task_that_is_held_when_its_turn_comes_is_passed_over()
    {
        // Who is slow may come too late: once more, until the task was held in time.
        for (var tries = 1; await Once() != "B"; tries++)
            Assert.True(tries < MostTries, "the one who holds never came in time");
    }

    private static async Task<string?> Once()
    {
        using var place = new TempWorkspace(inMemory: true);
        using var one = place.Open();
        using var two = place.Open();
        one.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
        two.FindTask("A");
        Task<TaskHold> holding;
        Task<TaskRequestAnswer> asking;
        using (ExclusiveLock.Acquire(place.StateLock, cancellationToken: TestContext.Current.CancellationToken))
        {
            asking = OnThread(() => two.Request(new TaskRequest(new LeaseHolder("b")), Patient));
            Thread.Sleep(50); // It has chosen, and waits for the state lock.
            holding = OnThread(() => one.Hold(["A"], PatientHold));
            Thread.Sleep(50);
            Assert.False(asking.IsCompleted);
        }
        using var hold = await holding;
        return (await asking).Task?.Id;
    }

    private static Task<T> OnThread<T>(Func<T> act) =>
        Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}

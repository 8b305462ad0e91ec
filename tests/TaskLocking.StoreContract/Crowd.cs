using System;
using System.Collections.Concurrent;
using System.Threading;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Threads that begin at one moment: they meet at a gate after their preparation. What one throws fails the test.</summary>
public static class Crowd
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);

    /// <summary>Runs <paramref name="prepare"/> on every thread, opens the gate, runs what it gave, and waits for all.</summary>
    /// <param name="count">How many threads.</param>
    /// <param name="prepare">Gets the thread's number from 0; gives what to do behind the gate.</param>
    public static void Run(int count, Func<int, Action> prepare)
    {
        using var gate = new Barrier(count);
        var faults = new ConcurrentQueue<Exception>();
        var threads = new Thread[count];
        for (var number = 0; number < count; number++)
        {
            var own = number;
            threads[number] = new Thread(() => RunOne(own)) { IsBackground = true };
            threads[number].Start();
        }
        foreach (var thread in threads)
            Assert.True(thread.Join(Guard), "a thread hangs");
        if (!faults.IsEmpty)
            throw new AggregateException(faults);

        void RunOne(int number)
        {
            Action? body = null;
            try
            {
                body = prepare(number);
            }
            catch (Exception exception)
            {
                faults.Enqueue(exception);
            }
            gate.SignalAndWait();
            try
            {
                body?.Invoke();
            }
            catch (Exception exception)
            {
                faults.Enqueue(exception);
            }
        }
    }
}

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>
/// Takes task after task off a queue where all are ready, and ends it. Warmed alone until the compiler has nothing to do, and then together
/// with the others: that much of the work is to read what they commit is met only there.
/// </summary>
internal sealed class QueueLoad(string warmFolder, string workspace, string way, string index, CommitTimes times) : IWorkload
{
    // More than can be done in the time.
    private const int WarmTasks = 20_000;
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(2);

    private readonly QueueWay _way = QueueWay.All.Single(each => each.Name == way);
    private readonly LeaseHolder _self = new("agent-" + index)
    {
        Host = Environment.MachineName,
        Pid = Environment.ProcessId,
        ProcessStart = ProcessLiveness.StartOf(Environment.ProcessId),
    };
    private TaskBoard? _board;
    private Func<bool>? _step;

    public bool IsOver { get; private set; }

    /// <summary>Makes the queues: the one that is measured, and in the folder for warming up the one that all workers share.</summary>
    public static void Prepare(string warmFolder, string workspace, int tasks)
    {
        foreach (var (folder, count) in new[] { (Shared(warmFolder), WarmTasks), (workspace, tasks) })
        {
            using var board = TaskBoard.Open(Directory.CreateDirectory(folder).FullName);
            QueueTasks.Define(board, count);
        }
    }

    public void Warm()
    {
        var own = Directory.CreateDirectory(Path.Combine(warmFolder, index)).FullName;
        using (_board = TaskBoard.Open(own))
        {
            QueueTasks.Define(_board, WarmTasks);
            Begin();
            Repeat.UntilWarm(() => Step());
        }
        using (_board = TaskBoard.Open(Shared(warmFolder)))
        {
            Begin();
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < Together && !IsOver;)
                Step();
        }
        _board = TaskBoard.Open(workspace);
        // What is asked first reads the tasks, and puts them into their order.
        _board.Request(new TaskRequest(_self), times.Options with { WhatIf = true });
        Begin();
    }

    public bool Step()
    {
        IsOver = !_step!();
        return !IsOver;
    }

    public void Dispose() => _board?.Dispose();

    private static string Shared(string warmFolder) => Path.Combine(warmFolder, "shared");

    private void Begin() => (_step, IsOver) = (_way.Begin(_board!, _self, times.Options), false);
}

using System;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>
/// One agent of a fleet: finds and claims a task, starts it and completes it, three durable commits, until all tasks are done.
/// </summary>
internal sealed class DrainLoad(string warmFolder, string workspace, string index, CommitTimes times) : IWorkload
{
    private const int WarmTasks = 150;
    private static readonly TimeSpan IdleTime = TimeSpan.FromMilliseconds(20);

    private readonly LeaseHolder _self = new("agent-" + index)
    {
        Host = Environment.MachineName,
        Pid = Environment.ProcessId,
        ProcessStart = ProcessLiveness.StartOf(Environment.ProcessId),
    };
    private TaskBoard? _board;

    public bool IsOver { get; private set; }

    // By work, not by time: fifty processes on a few cores get little of either.
    public void Warm()
    {
        using (_board = TaskBoard.Open(Directory.CreateDirectory(Path.Combine(warmFolder, index)).FullName))
        {
            FleetTasks.Define(_board, WarmTasks);
            while (!IsOver)
                Step();
        }
        IsOver = false;
        _board = TaskBoard.Open(workspace);
        _board.FindTask("");
    }

    public bool Step()
    {
        if (QueueWay.ClaimStartComplete(_board!, _self, times.Options))
            return true;
        IsOver = _board!.GetTasks().All(each => each.Status == AgentTaskStatus.Done);
        Thread.Sleep(IsOver ? TimeSpan.Zero : IdleTime);
        return false;
    }

    public void Dispose() => _board?.Dispose();
}

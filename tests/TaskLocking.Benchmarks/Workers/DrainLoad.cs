using System;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Leases;
using TaskLocking.Tasks;

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
        if (_board!.Request(new TaskRequest(_self), times.Options).Task is not { } task)
        {
            IsOver = _board.GetTasks().All(each => each.Status == AgentTaskStatus.Done);
            Thread.Sleep(IsOver ? TimeSpan.Zero : IdleTime);
            return false;
        }
        var token = task.Claim!.Token;
        Succeeded(_board.Start([new StartRequest(task.Id, _self) { Token = token }], times.Options)[0]);
        Succeeded(_board.Complete([new CompleteRequest(task.Id, _self.Agent) { Token = token }], times.Options)[0]);
        return true;
    }

    public void Dispose() => _board?.Dispose();

    private static void Succeeded(TaskOutcome outcome)
    {
        if (outcome.Refusal is { } refusal)
            throw new InvalidOperationException(refusal.Message);
    }
}

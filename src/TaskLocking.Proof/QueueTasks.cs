using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;

namespace TaskLocking.Proof;

/// <summary>
/// Claims the next task, starts it and completes it or gives it back. Some claims are left until their lease is over and finished then:
/// by that time somebody else may have the task, perhaps another process of the same agent, and the old token must not count.
/// </summary>
internal sealed class QueueTasks(WorkerOrder order, RecordedBoard board, Random random)
{
    private const int Agents = 2;
    private const int MostLate = 3;

    private readonly string _agent = "agent-" + (order.Place % Agents).ToString(CultureInfo.InvariantCulture);
    private readonly Queue<(TaskClaimed Claim, long Due)> _late = new();
    private int _defined;

    public void Round()
    {
        FinishLate(untilEmpty: false);
        var lapses = _late.Count < MostLate && random.Next(4) == 0;
        if (board.Claim(_agent, lapses) is not { } claim)
        {
            board.Define($"queue-{order.Name}-{(_defined++).ToString(CultureInfo.InvariantCulture)}", isQueued: true);
            return;
        }
        if (board.Start(claim) == OperationAnswer.Refused)
            return;
        if (lapses)
        {
            _late.Enqueue((claim, Stopwatch.GetTimestamp() + Stopwatch.Frequency * random.Next(900, 1600) / 1000));
            return;
        }
        if (random.Next(4) == 0)
            board.Read(claim.Id);
        if (random.Next(4) == 0)
            board.GiveBack(claim);
        else
            board.Complete(claim);
        // Once more, as a script does that does not know what became of its first try.
        if (random.Next(6) == 0)
            board.Complete(claim);
    }

    /// <summary>Finishes what was claimed for a second and kept for longer.</summary>
    public void FinishLate(bool untilEmpty)
    {
        while (_late.Count > 0)
        {
            var (claim, due) = _late.Peek();
            var left = due - Stopwatch.GetTimestamp();
            if (left > 0 && !untilEmpty)
                return;
            if (left > 0)
                Thread.Sleep((int)(left * 1000 / Stopwatch.Frequency) + 1);
            _late.Dequeue();
            if (random.Next(3) == 0)
                board.GiveBack(claim);
            else
                board.Complete(claim);
        }
    }
}

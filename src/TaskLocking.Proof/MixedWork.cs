using System;
using System.Diagnostics;
using System.Globalization;

namespace TaskLocking.Proof;

/// <summary>A bit of everything, by chance.</summary>
internal sealed class MixedWork : IStressWork
{
    private readonly WorkerOrder _order;
    private readonly RecordedBoard _board;
    private readonly Random _random;
    private readonly HotTasks _hot;
    private readonly QueueTasks _queue;

    public MixedWork(WorkerOrder order, RecordedBoard board)
    {
        _order = order;
        _board = board;
        _random = new Random(order.Seed);
        _hot = new HotTasks(order, board, _random);
        _queue = new QueueTasks(order, board, _random);
    }

    public void Round(int number)
    {
        switch (_random.Next(10))
        {
            case 0:
                // The clock is the same for all of them, and so is the id for a fifth of a second.
                _board.Define("same-" + (Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 5)).ToString(CultureInfo.InvariantCulture));
                break;
            case 1:
                _board.Define($"own-{_order.Name}-{number.ToString(CultureInfo.InvariantCulture)}");
                break;
            case < 6:
                _hot.Round();
                break;
            default:
                _queue.Round();
                break;
        }
    }

    public void Finish() => _queue.FinishLate(untilEmpty: false);

    public void Dispose() => _board.Dispose();
}

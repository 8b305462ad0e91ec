using System;

namespace TaskLocking.Proof;

/// <summary>Both kinds of giving tasks away: by assignment and by claim.</summary>
internal sealed class AssignPhaseWork : IStressWork
{
    private readonly RecordedBoard _board;
    private readonly HotTasks _hot;
    private readonly QueueTasks _queue;

    public AssignPhaseWork(WorkerOrder order, RecordedBoard board)
    {
        var random = new Random(order.Seed);
        _board = board;
        _hot = new HotTasks(order, board, random);
        _queue = new QueueTasks(order, board, random);
    }

    public void Round(int number)
    {
        _hot.Round();
        _queue.Round();
    }

    public void Finish() => _queue.FinishLate(untilEmpty: true);

    public void Dispose() => _board.Dispose();
}

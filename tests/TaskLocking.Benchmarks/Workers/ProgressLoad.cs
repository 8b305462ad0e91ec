using System;
using System.Globalization;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Storage;
using TaskLocking.Tasks;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>Changes one task, without a flush, and asks how far all are: an answer that was kept from the last time would be of no use.</summary>
internal sealed class ProgressLoad(string workspace, int tasks, CommitTimes times) : IWorkload
{
    private readonly TaskBoard _board = TaskBoard.Open(workspace, new TaskBoardOptions { Durability = Durability.Relaxed });
    private int _next;

    public void Warm() => Repeat.UntilWarm(() => Step());

    public bool Step()
    {
        var (id, content) = (TodoDocument.Id(_next++ % tasks), _next.ToString(CultureInfo.InvariantCulture));
        if (_board.Edit([new TaskEdit(id) { Content = content }], times.Options)[0].Refusal is { } refusal)
            throw new InvalidOperationException(refusal.Message);
        return _board.GetProgress().Total == tasks ? true : throw new InvalidOperationException("Progress does not count all tasks.");
    }

    public void Dispose() => _board.Dispose();
}

using System;
using System.Globalization;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>Defines new tasks, one a commit.</summary>
internal sealed class DefineLoad(string warmWorkspace, string workspace, string index, CommitTimes times) : IWorkload
{
    private TaskBoard? _board;
    private int _count;

    public void Warm()
    {
        _board = TaskBoard.Open(warmWorkspace);
        Repeat.UntilWarm(() => Step());
        _board.Dispose();
        _count = 0;
        _board = TaskBoard.Open(workspace);
        _board.FindTask("");
    }

    public bool Step()
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"N-{index}-{_count++}");
        if (_board!.Define([new TaskDefinition(id)], times.Options)[0].Refusal is { } refusal)
            throw new InvalidOperationException(refusal.Message);
        return true;
    }

    public void Dispose() => _board?.Dispose();
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>Defines a thousand tasks in one commit, in an empty workspace.</summary>
internal sealed class BulkLoad(string warmFolder, string workspace, CommitTimes times) : IWorkload
{
    private static readonly List<TaskDefinition> Definitions =
        [.. Enumerable.Range(0, 1_000).Select(i => new TaskDefinition(string.Create(CultureInfo.InvariantCulture, $"T-{i}")))];

    private TaskBoard? _board;

    public void Warm()
    {
        var count = 0;
        Repeat.UntilWarm(() =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(warmFolder, Programs.Argument(count++)));
            using (_board = TaskBoard.Open(folder.FullName))
                Step();
        });
        _board = TaskBoard.Open(workspace);
        _board.FindTask("");
    }

    public bool Step()
    {
        if (_board!.Define(Definitions, times.Options).FirstOrDefault(outcome => outcome.Refusal is not null) is { } refused)
            throw new InvalidOperationException(refused.Refusal!.Message);
        return true;
    }

    public void Dispose() => _board?.Dispose();
}

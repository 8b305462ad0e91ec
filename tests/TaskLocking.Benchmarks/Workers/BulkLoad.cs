using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.Tasks;

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
            using (_board = TaskBoard.Open(Directory.CreateDirectory(Path.Combine(warmFolder, count++.ToString(CultureInfo.InvariantCulture))).FullName))
                Step();
        });
        _board = TaskBoard.Open(workspace);
        _board.FindTask("");
    }

    public bool Step() =>
        _board!.Define(Definitions, times.Options).All(outcome => outcome.Refusal is null) ? true : throw new InvalidOperationException("A define was refused.");

    public void Dispose() => _board?.Dispose();
}

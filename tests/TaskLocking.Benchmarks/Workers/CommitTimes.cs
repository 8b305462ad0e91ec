using System;
using System.Collections.Generic;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>Collects the waits and holds of commits, in nanoseconds.</summary>
internal sealed class CommitTimes
{
    private readonly List<long> _held = new(1 << 16);
    private readonly List<long> _waited = new(1 << 16);

    public CommitTimes() => Options = new CommitOptions
    {
        Timeout = TimeSpan.FromSeconds(60),
        By = "benchmark",
        OnCommitted = report =>
        {
            _held.Add(report.Held.Ticks * 100);
            _waited.Add(report.Waited.Ticks * 100);
        },
    };

    /// <summary>Options that report here.</summary>
    public CommitOptions Options { get; }

    public IReadOnlyList<long> Held => _held;

    public IReadOnlyList<long> Waited => _waited;

    public void Clear()
    {
        _held.Clear();
        _waited.Clear();
    }
}

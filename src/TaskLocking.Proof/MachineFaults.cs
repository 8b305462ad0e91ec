using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Locking;

namespace TaskLocking.Proof;

/// <summary>
/// Makes, one after the other, the faults that a machine can make: every second one kills a worker, and what its ground may leave of that
/// comes on top of every second kill; between them is what else may befall the ground, and a process that stands still for a while.
/// </summary>
internal sealed class MachineFaults
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    private readonly SortedDictionary<string, int> _made = new(StringComparer.Ordinal);
    private readonly WorkerCrew _crew;
    private readonly Random _random;
    private readonly CancellationToken _cancellationToken;
    private readonly List<MachineFault> _faults;
    private readonly MachineFault? _afterKill;
    private int _number;

    public MachineFaults(WorkerCrew crew, IStressGround ground, Random random, CancellationToken cancellationToken)
    {
        _crew = crew;
        _random = random;
        _cancellationToken = cancellationToken;
        _faults = [.. ground.Faults(crew, random, cancellationToken)];
        _faults.Insert(Math.Min(2, _faults.Count), new MachineFault("stopped_process", Pause));
        _afterKill = ground.AfterKill(random, cancellationToken);
    }

    public IReadOnlyList<FaultCount> Made => _made.Select(made => new FaultCount(made.Key, made.Value)).ToList();

    /// <summary>Makes the next one.</summary>
    public void Next()
    {
        var number = _number++;
        if (number % 2 != 0)
            Make(_faults[number / 2 % _faults.Count]);
        else if (_crew.Replace(_random) is not null && number % 4 == 0 && _afterKill is not null)
            Make(_afterKill);
    }

    private void Make(MachineFault fault)
    {
        if (fault.Make())
            _made[fault.Name] = _made.TryGetValue(fault.Name, out var count) ? count + 1 : 1;
    }

    // The next fault waits until the pause is over: nobody who pauses another is killed over it.
    private bool Pause()
    {
        if (!LibC.IsUnix || !_crew.Pause(_random, LongestPause))
            return false;
        _cancellationToken.WaitHandle.WaitOne(LongestPause + LongestPause);
        return true;
    }
}

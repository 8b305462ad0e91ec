using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace TaskLocking.Proof;

/// <summary>
/// The workers of a phase: started, let go at one moment, killed and replaced, stopped. Disposing kills those that are left.
/// </summary>
internal sealed class WorkerCrew(Func<IReadOnlyList<string>, ProcessStartInfo> start, CancellationToken cancellationToken) : IDisposable
{
    // Guards against a process that hangs; cold ones on a busy machine need some seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<WorkerProcess> _all = [];
    private readonly List<WorkerProcess> _crew = [];

    /// <summary>Everybody there was, the killed ones too.</summary>
    public IReadOnlyList<WorkerProcess> All => _all;

    public long Operations => _all.Sum(worker => worker.Operations);

    public long Refused => _all.Sum(worker => worker.Refused);

    public int Kills => _all.Count(worker => worker.KilledAt is not null);

    public bool HasEnded => _crew.TrueForAll(worker => worker.HasExited);

    /// <summary>What went wrong with one of them; null while nothing did.</summary>
    public string? Fault => _all.Select(worker => worker.Fault).FirstOrDefault(fault => fault is not null);

    /// <summary>Starts them and waits until all stand at the gate; null, or what went wrong.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public string? Gather(IEnumerable<WorkerOrder> orders)
    {
        foreach (var order in orders)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(order, goesAtOnce: false);
        }
        foreach (var worker in _crew)
        {
            if (worker.WaitReady(Patience, cancellationToken))
                continue;
            return worker.WaitForExit(TimeSpan.FromSeconds(1)) ? worker.Fault
                : $"Worker {worker.Order.Name} was not ready after {Patience.TotalSeconds:0} s.";
        }
        return null;
    }

    public void Go() => _crew.ForEach(worker => worker.Say(WorkerLine.Go));

    /// <summary>One that works; null if none does.</summary>
    public WorkerProcess? Working(Random random) =>
        _crew.Where(worker => worker.IsReady && !worker.HasExited).OrderBy(_ => random.Next()).FirstOrDefault();

    /// <summary>Kills one that works and puts another one in its place; null if none can be.</summary>
    public WorkerProcess? Replace(Random random)
    {
        if (Working(random) is not { } victim)
            return null;
        victim.Kill();
        _crew.Remove(victim);
        var parts = victim.Order.Name.Split('-');
        var life = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1;
        Add(victim.Order with { Name = parts[0] + "-" + (life + 1).ToString(CultureInfo.InvariantCulture), Seed = random.Next() },
            goesAtOnce: true);
        return victim;
    }

    /// <summary>Lets one stop another one for a while; false if there are not enough of them.</summary>
    public bool Pause(Random random, TimeSpan time)
    {
        var pair = _crew.Where(worker => worker.IsReady && !worker.HasExited).OrderBy(_ => random.Next()).Take(2).ToList();
        if (pair.Count < 2)
            return false;
        pair[0].Say(string.Format(CultureInfo.InvariantCulture, "{0} {1} {2}", WorkerLine.Pause, pair[1].Pid, (int)time.TotalMilliseconds));
        return true;
    }

    /// <summary>Tells them to stop and waits for their ends; null, or what went wrong.</summary>
    public string? Stop()
    {
        _crew.ForEach(worker => worker.Say(WorkerLine.Stop));
        // One that was started last may still be on its way to the gate.
        _crew.ForEach(worker => worker.Say(WorkerLine.Go));
        foreach (var worker in _crew)
        {
            var waited = Stopwatch.StartNew();
            while (!worker.WaitForExit(TimeSpan.FromMilliseconds(100)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (waited.Elapsed > Patience)
                    return $"Worker {worker.Order.Name} did not end {Patience.TotalSeconds:0} s after it was told to.";
            }
        }
        return Fault;
    }

    public void Dispose() => _all.ForEach(worker => worker.Dispose());

    private void Add(WorkerOrder order, bool goesAtOnce)
    {
        var worker = WorkerProcess.Start(order, start, goesAtOnce);
        _all.Add(worker);
        _crew.Add(worker);
    }
}

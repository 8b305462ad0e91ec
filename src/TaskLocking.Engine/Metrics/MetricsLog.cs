using System;
using System.Threading;
using TaskLocking.Workspaces;

namespace TaskLocking.Metrics;

/// <summary>
/// Gathers in memory what happened to locks and leases, and tells <see cref="MetricsFile"/> a second after the first of it and at the end;
/// a one-shot process at the end alone. To be called when no lock is held. Nothing that fails here reaches the caller.
/// </summary>
internal sealed class MetricsLog(StorePaths? paths, TimeProvider clock, bool isOneShot) : IDisposable
{
    private const int MostRows = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly object _writing = new();
    private readonly MetricsFile? _file = paths is null ? null : new MetricsFile(paths); // null: nobody else is told
    private MetricTable _table = new(MostRows);
    private Timer? _timer;
    private bool _isScheduled;
    private bool _isClosed;

    /// <summary>A lock was there after a wait.</summary>
    public void Waited(string resource, string holder, TimeSpan wait)
    {
        lock (_gate)
        {
            Row(resource, holder).Waits.Add(wait);
            Schedule();
        }
        if (!isOneShot)
            LockInstruments.Waited(resource, wait);
        TellIfClosed();
    }

    /// <summary>A lock was there, and let go: one look for both.</summary>
    public void Freed(string resource, string holder, TimeSpan wait, TimeSpan hold)
    {
        lock (_gate)
        {
            var row = Row(resource, holder);
            row.Waits.Add(wait);
            row.Holds.Add(hold);
            Schedule();
        }
        if (isOneShot)
            return;
        LockInstruments.Waited(resource, wait);
        LockInstruments.Held(resource, hold);
    }

    /// <summary>A lock was let go.</summary>
    public void Held(string resource, string holder, TimeSpan hold)
    {
        lock (_gate)
        {
            Row(resource, holder).Holds.Add(hold);
            Schedule();
        }
        if (!isOneShot)
            LockInstruments.Held(resource, hold);
        TellIfClosed();
    }

    /// <summary>Somebody else stood in the way.</summary>
    public void Conflicted(string resource, string holder, RefusalCode code)
    {
        lock (_gate)
        {
            Row(resource, holder).Conflicts++;
            Schedule();
        }
        if (!isOneShot)
            LockInstruments.Conflicted(resource, code);
    }

    /// <summary>A wait ended without the lock.</summary>
    public void TimedOut(string resource, string holder, TimeSpan wait)
    {
        lock (_gate)
        {
            var row = Row(resource, holder);
            row.Waits.Add(wait);
            row.Timeouts++;
            Schedule();
        }
        if (isOneShot)
            return;
        LockInstruments.Waited(resource, wait);
        LockInstruments.TimedOut(resource);
    }

    /// <summary>A lease had lapsed and was taken away.</summary>
    public void Broke(string resource, string holder)
    {
        lock (_gate)
        {
            Row(resource, holder).Broken++;
            Schedule();
        }
        if (!isOneShot)
            LockInstruments.Broke(resource);
    }

    /// <summary>What all processes told, and this one gathered.</summary>
    /// <exception cref="TaskLockingException">What the system said.</exception>
    public LockMetrics Read()
    {
        Tell();
        var sum = _file?.Read() ?? new MetricTable(int.MaxValue);
        lock (_gate)
            sum.Add(_table);
        return sum.ToMetrics();
    }

    /// <summary>Forgets everything, for all processes.</summary>
    /// <exception cref="TaskLockingException">LockTimeout, and what the system said.</exception>
    public void Clear()
    {
        lock (_gate)
            _table = new MetricTable(MostRows);
        _file?.Clear();
    }

    /// <summary>Tells what is left.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _timer?.Dispose();
        }
        Tell();
    }

    private MetricRow Row(string resource, string holder)
    {
        var now = clock.GetUtcNow();
        _table.Cover(now, now);
        return _table.Of(resource, holder);
    }

    private void Schedule()
    {
        if (isOneShot || _isScheduled || _isClosed || _file is null)
            return;
        _isScheduled = true;
        _timer ??= new Timer(_ => Tell(), null, Timeout.Infinite, Timeout.Infinite);
        _timer.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    // A hold may outlive the board that it came from.
    private void TellIfClosed()
    {
        if (Volatile.Read(ref _isClosed))
            Tell();
    }

    private void Tell()
    {
        if (_file is null)
            return;
        lock (_writing)
        {
            MetricTable table;
            lock (_gate)
            {
                _isScheduled = false;
                if (_table.IsEmpty)
                    return;
                table = _table;
                _table = new MetricTable(MostRows);
            }
            if (IsTold(table))
                return;
            lock (_gate)
            {
                table.Add(_table);
                _table = table;
            }
        }
    }

    private bool IsTold(MetricTable table)
    {
        try
        {
            return _file!.Append(MetricLine.Write(table), Patience);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            System.Diagnostics.Debug.WriteLine(exception);
            return false;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking;

/// <summary>
/// Sees to the claims of a worker on a thread of its own, as long as it has any: renews each at a third of its time, and stops the work
/// when the claim is somebody else's or nobody's any more, or when the time limit comes up. Woken by changes of the store.
/// </summary>
internal sealed class ClaimWatch(TaskBoard board, WorkRequest request) : IDisposable
{
    private const int Share = 3;

    // What others commit is looked at as it comes, but not more often than this.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BeforeNextTry = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly List<WorkItem> _items = [];
    private CancellationTokenSource _woken = new();
    private bool _isRunning;
    private bool _isDisposed;

    /// <summary>How many tasks are worked on.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _items.Count;
        }
    }

    public void Add(WorkItem item)
    {
        item.Renewal = AfterShare();
        lock (_gate)
        {
            _items.Add(item);
            _woken.Cancel();
            if (_isRunning)
                return;
            _isRunning = true;
            new Thread(Run) { IsBackground = true, Name = "TaskLocking claims" }.Start();
        }
    }

    public void Remove(WorkItem item)
    {
        lock (_gate)
        {
            _items.Remove(item);
            if (_items.Count == 0 && !_isDisposed)
                _woken.Cancel();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _items.Clear();
            if (_isRunning)
                _woken.Cancel();
            else
                _woken.Dispose();
        }
    }

    private Deadline AfterShare() => new(TimeSpan.FromTicks(request.Ttl.Ticks / Share));

    private void Run()
    {
        for (long version = 0; Current(out var woken) is { } items;)
        {
            try
            {
                var state = board.State(CancellationToken.None);
                version = state.Version;
                foreach (var item in items)
                {
                    if (state.Find(item.Task.Id)?.Claim?.Token != item.Token)
                        item.Stop(WorkStop.ClaimLost);
                    else if (item.LimitComes?.Remaining == TimeSpan.Zero)
                        item.Stop(WorkStop.TimeLimit);
                }
                Renew(items.Where(item => item.Renewal.Remaining == TimeSpan.Zero).ToList());
                board.WaitForChange(version, items.Min(Next), woken);
                woken.WaitHandle.WaitOne(Pause);
            }
            catch (OperationCanceledException)
            {
                // There is one more, or none.
            }
            catch (TaskLockingException)
            {
                // Who works goes on meanwhile: a claim is not lost because nobody can look at it, and whoever tells its end hears of it.
                woken.WaitHandle.WaitOne(BeforeNextTry);
            }
            catch (ObjectDisposedException)
            {
                return; // The board was closed.
            }
        }
    }

    // Null ends the thread.
    private IReadOnlyList<WorkItem>? Current(out CancellationToken woken)
    {
        lock (_gate)
        {
            if (_woken.IsCancellationRequested)
            {
                _woken.Dispose();
                _woken = new CancellationTokenSource();
            }
            woken = _woken.Token;
            if (_items.Count > 0)
                return [.. _items];
            _isRunning = false;
            if (_isDisposed)
                _woken.Dispose();
            return null;
        }
    }

    private TimeSpan Next(WorkItem item)
    {
        var renewal = item.Renewal.Remaining;
        return item is { Why: null, LimitComes.Remaining: var limit } && limit < renewal ? limit : renewal;
    }

    private void Renew(List<WorkItem> due)
    {
        due.RemoveAll(item => item.Why == WorkStop.ClaimLost);
        if (due.Count == 0)
            return;
        var holder = request.Holder;
        // Set before: where the store cannot be used now, it is tried again soon.
        due.ForEach(item => item.Renewal = new Deadline(BeforeNextTry));
        var outcomes = board.Renew(due.ConvertAll(item => new RenewRequest(item.Task.Id, holder.Agent)
        {
            Token = item.Token,
            Ttl = request.Ttl,
            Type = holder.Type,
            Callers = holder.Callers,
        }), new CommitOptions { By = request.By ?? holder.Agent });
        for (var at = 0; at < due.Count; at++)
        {
            if (outcomes[at].Refusal is null)
                due[at].Renewal = AfterShare();
            else
                due[at].Stop(WorkStop.ClaimLost);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace TaskLocking.Server;

/// <summary>
/// The one watcher of a board, for however many streams: it follows what is committed and hands it on in ticks, four a second at most. The
/// last ticks are kept, so many and no more: who is further behind has to read the journal himself. It waits for no stream.
/// </summary>
/// <remarks>
/// Calling sequence: <see cref="Join"/>, then <see cref="NextAsync"/> with the number that it gave, and with the next ones. It begins with
/// the first who joins. What the store refuses meanwhile is told once, and tried again.
/// </remarks>
internal sealed class EventHub(TaskBoard board, Action<string> log) : IDisposable
{
    private const int MostTicks = 1024;
    private const int MostInTick = 20_000;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<EventTick> _ticks = new();
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _news = New();
    private Thread? _following;
    private TaskFeed? _feed;
    private long _number;
    private long _version;
    private int _changes;

    /// <summary>So many changes are kept.</summary>
    public int MostChanges { get; init; } = 50_000;

    /// <summary>The number of the tick that comes next, and the version before it.</summary>
    /// <exception cref="TaskLockingException">What the store refuses.</exception>
    public (long Number, long Version) Join()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            if (_following is null)
            {
                _feed = board.OpenFeed();
                _version = _feed.Version;
                _following = new Thread(Follow) { IsBackground = true, Name = "events" };
                _following.Start();
            }
            return (_number, _version);
        }
    }

    /// <summary>Waits for a tick.</summary>
    /// <returns>The tick; null when the time is over; and whether it is kept no longer.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async ValueTask<(EventTick? Tick, bool IsMissed)> NextAsync(long number, TimeSpan atMost, CancellationToken cancellation)
    {
        Task news;
        lock (_gate)
        {
            if (Find(number) is { } found)
                return found;
            news = _news.Task;
        }
        try
        {
            await news.WaitAsync(atMost, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return (null, false);
        }
        lock (_gate)
            return Find(number) ?? (null, false);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _following?.Join();
        _feed?.Dispose();
        _stop.Dispose();
    }

    private (EventTick? Tick, bool IsMissed)? Find(long number)
    {
        if (number >= _number)
            return null;
        var first = _ticks.First!.Value.Number;
        // Who is at the live end, as most are, finds it at once.
        for (var node = number < first ? null : _ticks.Last; node is not null; node = node.Previous)
        {
            if (node.Value.Number == number)
                return (node.Value, false);
        }
        return (null, true);
    }

    private void Follow()
    {
        var isTold = false;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var events = Gather();
                isTold = false;
                if (events.Count == 0)
                    _feed!.Wait(Glance, _stop.Token);
                else
                    Publish(events);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (TaskLockingException refused)
            {
                if (!isTold)
                    log($"tasklock: Events are not followed for now: {refused.Message}");
                isTold = true;
                _stop.Token.WaitHandle.WaitOne(Glance);
            }
        }
    }

    private List<TaskEvent> Gather()
    {
        var events = new List<TaskEvent>();
        while (events.Count < MostInTick && _feed!.Read(1000, _stop.Token) is { Count: > 0 } more)
            events.AddRange(more);
        return events;
    }

    private void Publish(List<TaskEvent> events)
    {
        lock (_gate)
        {
            foreach (var part in Parts(events))
            {
                var tick = new EventTick(_number++, _version, part);
                _ticks.AddLast(tick);
                _changes += tick.Changes;
                _version = tick.To;
            }
            while (_ticks.Count > MostTicks || (_changes > MostChanges && _ticks.Count > 1))
            {
                _changes -= _ticks.First!.Value.Changes;
                _ticks.RemoveFirst();
            }
            _news.SetResult();
            _news = New();
        }
        _stop.Token.WaitHandle.WaitOne(Pace);
    }

    /// <summary>The same, each reset apart.</summary>
    public static IEnumerable<List<TaskEvent>> Parts(IReadOnlyList<TaskEvent> events)
    {
        var part = new List<TaskEvent>();
        foreach (var each in events)
        {
            if (part.Count > 0 && (each.IsReset || part[0].IsReset))
            {
                yield return part;
                part = [];
            }
            part.Add(each);
        }
        yield return part;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

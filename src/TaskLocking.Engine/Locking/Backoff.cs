using System;
using System.Diagnostics;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Locking;

/// <summary>
/// How a waiter spends the time between two tries: 30 tries, the first 12 with a moment of spinning between them and the others with a
/// yield, then a sleep of 1 ms that doubles to 15 with jitter, and up to 8 tries after each. Measured: without the sleeps a hundred waiters
/// take the processor from the holder; with a constant 1 ms they wake in step. The deadline and the cancellation are looked at before
/// every sleep.
/// </summary>
internal struct Backoff
{
    private const int FirstTries = 30;
    private const int TriesAfterSleep = 8;

    // Who has the lock at this moment on another processor has it for some ten microseconds: less than it takes to give way and come back.
    // All of these together are no more than that, for whoever waits for somebody who lost his processor.
    private const int SpinTries = 12;
    private const int SpinLength = 40; // 1.5 µs
    private static readonly bool SpinsFirst = Environment.ProcessorCount > 1;
    private static readonly TimeSpan FirstReport = TimeSpan.FromMilliseconds(200);

    private long _started; // 0: not yet
    private TimeSpan _timeout;
    private int _longestSleep;
    private int _tries;
    private int _spins;
    private int _sleep;
    private bool _naps;
    private uint _random;
    private TimeSpan _nextReport;

    /// <summary>Begins a wait.</summary>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="longestSleep">In milliseconds. Short where one waiter keeps others waiting; long where many want what is held for
    /// microseconds.</param>
    public Backoff(TimeSpan timeout, int longestSleep = 15)
    {
        this = OnDemand(timeout, longestSleep);
        Begin();
    }

    /// <summary>Goes on with a wait that others have begun.</summary>
    public Backoff(Deadline deadline, int longestSleep = 15)
    {
        this = OnDemand(deadline.Timeout, longestSleep);
        Begin(deadline.Began);
    }

    /// <summary>Time since the wait began; zero before.</summary>
    public readonly TimeSpan Elapsed => _started == 0 ? TimeSpan.Zero : Deadline.Since(_started);

    /// <summary>Time left until the deadline; infinite stays infinite.</summary>
    public readonly TimeSpan Remaining => _timeout == Timeout.InfiniteTimeSpan ? _timeout : Max(_timeout - Elapsed, TimeSpan.Zero);

    /// <summary>A wait that begins at the first pause, if there is one: who is served at once need not ask the clock.</summary>
    public static Backoff OnDemand(TimeSpan timeout, int longestSleep, bool naps = false) => new()
    {
        _naps = naps,
        _longestSleep = longestSleep,
        _timeout = timeout,
        _tries = FirstTries,
        _spins = SpinsFirst ? SpinTries : 0,
        _sleep = 1,
        _nextReport = FirstReport,
    };

    /// <summary>
    /// Gives up the rest of the turn at the processor, for a fresh one as soon as it is due. On Linux a sleep: who yields is charged with
    /// what he gave up, and waits the longer for it.
    /// </summary>
    public static void TakeNewTurn()
    {
        if (LibC.IsLinux)
            LibC.Nap();
        else
            Thread.Yield();
    }

    /// <summary>Begins the wait, if it has not begun.</summary>
    public void Begin()
    {
        if (_started == 0)
            Begin(Stopwatch.GetTimestamp());
    }

    private void Begin(long stamp)
    {
        _started = stamp;
        _random = (uint)_started ^ (uint)Environment.CurrentManagedThreadId * 2654435769u | 1;
    }

    /// <summary>Lets others work for a moment; false when the deadline has passed.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public bool Pause(CancellationToken cancellationToken)
    {
        if (_timeout == TimeSpan.Zero)
            return false;
        Begin();
        if (_tries-- > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_spins-- > 0)
                Thread.SpinWait(SpinLength);
            else if (_naps)
                TakeNewTurn();
            else
                Thread.Yield();
            return true;
        }
        var remaining = Remaining;
        if (remaining == TimeSpan.Zero)
            return false;
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        var sleep = TimeSpan.FromMilliseconds(_sleep * (0.5 + _random / (double)uint.MaxValue));
        if (remaining != Timeout.InfiniteTimeSpan && remaining < sleep)
            sleep = remaining;
        if (cancellationToken.CanBeCanceled)
        {
            cancellationToken.WaitHandle.WaitOne(sleep);
            cancellationToken.ThrowIfCancellationRequested();
        }
        else
        {
            Thread.Sleep(sleep);
        }
        _sleep = Math.Min(_sleep * 2, _longestSleep);
        _tries = TriesAfterSleep;
        return true;
    }

    /// <summary>True about five times a second once the wait is worth a word.</summary>
    public bool ReportIsDue()
    {
        if (Elapsed < _nextReport)
            return false;
        _nextReport = Elapsed + FirstReport;
        return true;
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}

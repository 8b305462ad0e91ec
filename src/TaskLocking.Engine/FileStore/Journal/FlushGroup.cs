using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using TaskLocking.Faults;
using TaskLocking.Locking;
using TaskLocking.Model;

namespace TaskLocking.FileStore;

/// <summary>
/// Group commit: of the processes that wait for one journal to reach the disk, one flushes for all whose lines stand in it by then. An
/// acknowledgement still means that the line is on the disk; it may be another process that brought it there.
/// </summary>
/// <remarks>
/// Whatever is doubtful makes each flush for himself again, which is always right: one that takes too long, another user, another
/// container, another system. A flush that failed, or whose process was killed in it, ends the group and with it the journal.
/// </remarks>
internal sealed class FlushGroup : IDisposable
{
    private const string Prefix = "tasklock-";

    // Where the numbers stand in the page; those that change at different times are in cache lines of their own.
    private const int Durable = 0;   // Everything before this offset has been flushed.
    private const int Appended = 64; // Where the last line of a member ends.
    private const int From = 128;    // Lines before this offset are not for every member to flush.
    private const int Turn = 192;    // Counts the flushes; what sleepers sleep on.
    private const int Sleepers = 196;
    private const int Flushing = 256;
    private const int Failed = 260;
    private const int Members = 264;

    // A flush of a busy disk takes long, and is what the others would have to wait for as well; a stopped process must not keep them.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly SharedPage _page;
    private volatile bool _isOff;
    private volatile bool _hasFailed;

    private FlushGroup(SharedPage page, long from)
    {
        _page = page;
        // The system tells a descriptor what was lost after it was opened, not before: a member cannot speak for older lines of others.
        for (var known = Volatile.Read(ref page.Long(From)); known < from; known = Volatile.Read(ref page.Long(From)))
            Interlocked.CompareExchange(ref page.Long(From), from, known);
        Interlocked.Increment(ref page.Int(Members));
    }

    /// <summary>Joins the group of a journal; null where there is none.</summary>
    /// <param name="epoch">The journal's history.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="opened">The file as it was when it was opened.</param>
    public static FlushGroup? TryJoin(string epoch, long sequence, FileStamp opened)
    {
        if (SharedPage.TryOpen(
            FormattableString.Invariant($"{Prefix}{epoch}-{sequence}-{opened.Device:x}-{opened.Inode:x}")) is not { } page)
            return null;
        SharedPage.Sweep(Prefix);
        return new FlushGroup(page, opened.Length);
    }

    /// <summary>Whether a flush has failed, or may have, by whichever member.</summary>
    public bool HasFailed => _hasFailed || (_hasFailed = WithPage(page => Volatile.Read(ref page.Int(Failed)) != 0));

    /// <summary>Tells all members that a flush has failed.</summary>
    public void Fail()
    {
        _hasFailed = true;
        _ = WithPage(page =>
        {
            Volatile.Write(ref page.Int(Failed), 1);
            return true;
        });
    }

    /// <summary>Tells, under the state lock, where a line was put.</summary>
    public void Append(long start, long end)
    {
        // Where somebody cut the file, what was flushed there is not what stands there now.
        if (Volatile.Read(ref _page.Long(Durable)) > start)
            Volatile.Write(ref _page.Long(Durable), start);
        Volatile.Write(ref _page.Long(Appended), end);
    }

    /// <summary>Returns when a line is on the disk, brought there by whomever.</summary>
    /// <param name="start">Where the line starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="flush">Flushes the file.</param>
    /// <exception cref="IOException">It may or may not be.</exception>
    /// <exception cref="ObjectDisposedException">The journal was closed.</exception>
    public void Flush(long start, long end, Action flush)
    {
        var held = false;
        try
        {
            _page.DangerousAddRef(ref held);
            if (!IsFlushedByGroup(start, end, flush))
                flush();
        }
        finally
        {
            if (held)
                _page.DangerousRelease();
        }
    }

    /// <summary>Takes the group's name away: the journal has ended.</summary>
    public void Close() => _page.Remove();

    public void Dispose()
    {
        if (_page.IsClosed)
            return;
        if (Interlocked.Decrement(ref _page.Int(Members)) <= 0)
            _page.Remove();
        _page.Dispose();
    }

    // Whoever closes the journal meanwhile must not take the page away below this.
    private bool WithPage(Func<SharedPage, bool> look)
    {
        var held = false;
        try
        {
            _page.DangerousAddRef(ref held);
            return look(_page);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            if (held)
                _page.DangerousRelease();
        }
    }

    private bool IsFlushedByGroup(long start, long end, Action flush)
    {
        // Who is ready to run writes his line first, and then needs no flush of his own. Free where nobody waits for the processor.
        Thread.Yield();
        var began = Stopwatch.GetTimestamp();
        while (CanShare(start))
        {
            var turn = Volatile.Read(ref _page.Int(Turn));
            if (IsDurable(start, end))
                return true;
            if (_page.TryLock())
            {
                try
                {
                    if (IsDurable(start, end) || Lead(flush))
                        return true;
                }
                finally
                {
                    _page.Unlock();
                    Interlocked.Increment(ref _page.Int(Turn));
                    if (Volatile.Read(ref _page.Int(Sleepers)) != 0)
                        _page.Wake(Turn);
                }
            }
            else if (Deadline.Since(began) is var waited && waited < LongestWait)
            {
                Interlocked.Increment(ref _page.Int(Sleepers));
                _page.Sleep(Turn, turn, LongestWait - waited);
                Interlocked.Decrement(ref _page.Int(Sleepers));
            }
            else
            {
                _isOff = true;
            }
        }
        return false;
    }

    // The order matters: a member that cannot speak for older lines says so before it flushes.
    private bool IsDurable(long start, long end) => Volatile.Read(ref _page.Long(Durable)) >= end && CanShare(start);

    private bool CanShare(long start) => !_isOff && Volatile.Read(ref _page.Long(From)) <= start && !HasFailed;

    // Under the page's lock. False if nobody may rely on another's flush any more.
    private bool Lead(Action flush)
    {
        if (Volatile.Read(ref _page.Int(Flushing)) != 0)
        {
            // Whoever was killed in a flush may have been told of an error that nobody is told twice.
            Fail();
            return false;
        }
        var to = Volatile.Read(ref _page.Long(Appended));
        Volatile.Write(ref _page.Int(Flushing), 1);
        Failpoint.Hit("flush.leading");
        try
        {
            flush();
        }
        catch
        {
            Fail();
            throw;
        }
        Volatile.Write(ref _page.Long(Durable), to);
        Volatile.Write(ref _page.Int(Flushing), 0);
        return true;
    }
}

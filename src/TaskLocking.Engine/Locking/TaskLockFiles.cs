using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using TaskLocking.Diagnostics;

namespace TaskLocking.Locking;

/// <summary>
/// Tasks that a session holds. Dispose it to let go; safe to dispose twice and from any thread. The end of the process, however it comes,
/// lets go as well, but for a process that the hold was handed to.
/// </summary>
/// <remarks>
/// The locks are taken in ordinal order, so that two callers never wait for each other, and then the state lock is passed through once:
/// a commit that looked before and saw the tasks free has then been written, and every later one sees them held. What somebody does to the
/// lock files meanwhile is told when they are let go; until then the marks keep others out.
/// </remarks>
public sealed class TaskHold : IDisposable
{
    // A waiter for several tasks keeps those that it has: what it sleeps, others sleep with it.
    private const int LongestSleep = 3;

    private readonly LockSession _session;
    private readonly long _taken = Stopwatch.GetTimestamp();
    private readonly LockHolder _holder;
    private readonly HoldMarks? _marks;
    private ExclusiveLock[]? _locks;
    private bool _isHandedOver;

    private TaskHold(LockSession session, IReadOnlyList<string> ids, ExclusiveLock[] locks, HoldMarks? marks, LockHolder holder)
    {
        _session = session;
        _locks = locks;
        _marks = marks;
        _holder = holder;
        Ids = FixedList<string>.Of(ids);
        LockPaths = locks.Select(held => held.Path).ToArray();
    }

    /// <summary>The held tasks in ordinal order.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The name that others are told.</summary>
    public string? Agent => _holder.Agent;

    /// <summary>When the last of the locks was taken.</summary>
    public DateTimeOffset Since => _holder.Since!.Value;

    /// <summary>How long the wait was.</summary>
    public TimeSpan Waited { get; private init; }

    /// <summary>Whether it still holds.</summary>
    public bool IsHeld => _locks is not null;

    internal IReadOnlyList<string> LockPaths { get; }

    /// <summary>Called once, after everything was let go, with how long it was held.</summary>
    internal Action<TimeSpan>? Released { get; set; }

    /// <summary>Called before that, with the first lock file that is not where it was; others may have been let in since.</summary>
    internal Action<string>? Disturbed { get; set; }

    /// <summary>
    /// Starts a process that goes on holding the tasks, with all that inherit its open files: until the last of them has ended, whatever
    /// becomes of this one. To let go is then its matter, unless <see cref="TakeBack"/> says that it has ended.
    /// </summary>
    /// <param name="start">Starts it, so that it inherits these open files, the first with the lowest number; gives its id.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ObjectDisposedException">The hold has ended.</exception>
    public int HandTo(Func<IReadOnlyList<SafeHandle>, int> start)
    {
        var locks = _locks ?? throw new ObjectDisposedException(nameof(TaskHold));
        var files = new List<SafeHandle>(locks.Length + 1);
        if (_marks is not null)
            files.Add(_marks.Folder);
        files.AddRange(locks.Select(held => held.Handle!));
        var pid = start(files);
        _isHandedOver = true;
        Tell(new LockHolder(pid, _holder.Agent, _holder.Host, _holder.Since, _holder.Doing), Ids, locks);
        return pid;
    }

    /// <summary>The process that the hold was handed to has ended: what it left behind works without it.</summary>
    public void TakeBack() => _isHandedOver = false;

    /// <summary>What its holder is told where a lock file is not where it was.</summary>
    internal StoreNotice NoticeOf(string path) => new(StoreNoticeKind.HoldDisturbed,
        $"'{path}' was removed or replaced while {string.Join(", ", Ids)} {(Ids.Count > 1 ? "were" : "was")} held "
        + $"(since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}): others may have been let in since. "
        + "See the history of what you held, and keep the folder .todo2 from being cleaned.", path);

    /// <summary>Lets go of all tasks.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _locks, null) is not { } locks)
            return;
        _session.Remove(this);
        if (Array.Find(locks, held => !held.StillAtPath()) is { } gone)
            Disturbed?.Invoke(gone.Path);
        Release(locks, _marks, _isHandedOver);
        Released?.Invoke(Backoff.Since(_taken));
    }

    /// <summary>Takes the locks of tasks that exist.</summary>
    internal static TaskHold Acquire(string locksFolder, string stateLock, LockSession session, IReadOnlyList<string> ids,
        HoldOptions options, CancellationToken cancellationToken)
    {
        var ordered = ids.Distinct(StringComparer.Ordinal).OrderBy(id => id, StringComparer.Ordinal).ToArray();
        CheckOrder(session, ordered);
        var timeout = options.Timeout ?? TimeSpan.FromSeconds(ordered.Length > 1 ? 10 : 5);
        var clock = new Backoff(timeout);
        var locks = new List<ExclusiveLock>(ordered.Length);
        HoldMarks? marks = null;
        try
        {
            MountProof.RefuseSwitch(locksFolder);
            StoreFolder.Ensure(locksFolder);
            marks = HoldMarks.TryOpen(locksFolder);
            foreach (var id in ordered)
            {
                locks.Add(Take(locksFolder, id, session, clock.Remaining, timeout, options.OnWait, cancellationToken));
                AwaitMark(marks, locks[^1].Path, id, session, ref clock, timeout, options.OnWait, cancellationToken);
            }
            foreach (var held in locks)
                marks?.Set(held.Path, session.Id);
            using (ExclusiveLock.Acquire(stateLock, LockOptions.OnTheWay(clock.Remaining, options.OnWait), cancellationToken))
            {
                // Who swept a file while we waited for it did so under this lock; it would show here.
                if (locks.Exists(held => !held.StillAtPath()))
                    throw new TaskLockingException(RefusalCode.StoreUnavailable,
                        "A lock file was removed while it was being taken. Try again.");
            }
            var holder = new LockHolder(ProcessIdentity.Pid, options.Agent, Environment.MachineName, DateTimeOffset.UtcNow, options.Doing);
            var hold = new TaskHold(session, ordered, [.. locks], marks, holder) { Waited = clock.Elapsed };
            hold.Tell(holder, ordered, locks);
            session.Add(hold);
            return hold;
        }
        catch (Exception exception)
        {
            Release(locks, marks, isHandedOver: false);
            if (exception is IOException or UnauthorizedAccessException)
                throw IoRefusal.From(exception, locksFolder);
            throw;
        }
    }

    private static void CheckOrder(LockSession session, string[] ids)
    {
        var held = session.CurrentHolds.SelectMany(hold => hold.Ids).ToArray();
        if (Array.Find(ids, id => held.Contains(id, StringComparer.Ordinal)) is { } again)
            throw Recursion(again);
        if (held.OrderBy(id => id, StringComparer.Ordinal).LastOrDefault() is { } last && string.CompareOrdinal(last, ids[0]) > 0)
            throw WrongOrder(last, ids[0]);
    }

    private static ExclusiveLock Take(string folder, string id, LockSession session, TimeSpan remaining, TimeSpan timeout,
        Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        var path = TaskLockFile.PathOf(folder, id);
        try
        {
            return ExclusiveLock.TryAcquire(path, isThreadBound: false) ?? Wait();
        }
        catch (TaskLockingException refused) when (refused.Refusal.Code is RefusalCode.LockTimeout)
        {
            throw HeldTasks.Timeout(path, id, timeout);
        }

        ExclusiveLock Wait()
        {
            // A parent that holds the task waits for us to end: waiting for it would never end.
            if (HeldTasks.LetsThrough(path, HolderFile.Read(path), session))
                throw Recursion(id);
            // Nor can a parent let go of a later task while we wait for this one. What is free at once keeps nobody waiting.
            if (session.IsInside && HeldTasks.OfParents(folder, session).Find(held => string.CompareOrdinal(held, id) > 0) is { } later)
                throw WrongOrder(later, id);
            var report = onWait is null ? null
                : new Action<LockWait>(wait => onWait(new LockWait(id, wait.Elapsed, HolderFile.Read(path).Holder)));
            return ExclusiveLock.Acquire(path,
                new LockOptions { Timeout = remaining, OnWait = report, IsThreadBound = false, LongestSleep = LongestSleep },
                    cancellationToken);
        }
    }

    private static TaskLockingException Recursion(string id) => new(new Refusal(RefusalCode.LockRecursion,
        $"The session holds task {id} already; waiting for itself would never end.")
    { TaskId = id });

    private static TaskLockingException WrongOrder(string held, string wanted) => new(new Refusal(RefusalCode.LockOrder,
        $"The session holds task {held}, and task {wanted} comes before it: two sessions that lock in different orders could wait for each other for ever. Lock both in one call.")
    { TaskId = wanted, Ids = [held] });

    // Whoever holds a task whose lock file was taken away keeps us out as before. Meanwhile we keep out those who come after us.
    private static void AwaitMark(
        HoldMarks? marks, string path, string id, LockSession session, ref Backoff clock, TimeSpan timeout, Action<LockWait>? onWait,
        CancellationToken cancellationToken)
    {
        if (marks?.IsFamilys(path, session) == true)
            throw Recursion(id);
        while (HeldTasks.IsMarked(path, marks, session))
        {
            if (!clock.Pause(cancellationToken))
                throw HeldTasks.Timeout(path, id, timeout);
            if (onWait is not null && clock.ReportIsDue())
                onWait(new LockWait(id, clock.Elapsed, LockHolder.Unknown));
        }
    }

    private void Tell(LockHolder holder, IReadOnlyList<string> ids, IReadOnlyList<ExclusiveLock> locks)
    {
        for (var i = 0; i < ids.Count; i++)
            new HolderFile(_session.Id, ids[i], holder).Write(locks[i].Path);
    }

    private static void Release(IReadOnlyList<ExclusiveLock> locks, HoldMarks? marks, bool isHandedOver)
    {
        // First the marks: who gets a lock finds none of ours.
        if (!isHandedOver)
            marks?.Clear();
        marks?.Dispose();
        for (var i = locks.Count - 1; i >= 0; i--)
        {
            if (isHandedOver)
            {
                locks[i].LeaveToOthers();
                continue;
            }
            HolderFile.Delete(locks[i].Path);
            locks[i].Dispose();
        }
    }
}

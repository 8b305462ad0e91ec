using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Locking;

/// <summary>The lock files of some tasks and places at resources in one hand, and the marks that stand for them.</summary>
/// <remarks>
/// All are taken in one order, so that two callers never wait for each other, and then the state lock is passed through once: a commit that
/// looked before and saw the tasks free has then been written, and every later one sees them held. What somebody does to the lock files
/// meanwhile is told when they are let go; until then the marks keep others out.
/// </remarks>
internal sealed class HeldLockFiles : IHeldLocks
{
    // A waiter for several keeps those that it has: what it sleeps, others sleep with it.
    private const int LongestSleep = 3;
    private const int LongestSleepForOne = 15;

    private readonly LockSession _session;
    private readonly HoldItem[] _items;
    private readonly ExclusiveLock[] _locks;
    private readonly HoldMarks? _marks;
    private readonly Action<StoreNotice>? _tell;
    private DateTimeOffset? _since;

    private HeldLockFiles(LockSession session, HoldItem[] items, ExclusiveLock[] locks, HoldMarks? marks, Action<StoreNotice>? tell)
    {
        _session = session;
        _items = items;
        _locks = locks;
        _marks = marks;
        _tell = tell;
        Names = Array.ConvertAll(locks, held => held.Path);
    }

    /// <summary>The paths.</summary>
    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<SafeHandle> Handles
    {
        get
        {
            var files = new List<SafeHandle>(_locks.Length + 1);
            if (_marks is not null)
                files.Add(_marks.Folder);
            files.AddRange(_locks.Select(held => held.Handle!));
            return files;
        }
    }

    /// <summary>Takes them.</summary>
    /// <param name="locksFolder">Where they are.</param>
    /// <param name="stateLock">The state lock of the store.</param>
    /// <param name="session">In whose name.</param>
    /// <param name="items">Tasks that exist, and resources, in any order.</param>
    /// <param name="options">How.</param>
    /// <param name="tell">Hears at the end if somebody took a lock file away meanwhile.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    public static TaskHold Hold(
        string locksFolder, string stateLock, LockSession session, IReadOnlyList<HoldItem> items, HoldOptions options,
        Action<StoreNotice>? tell, CancellationToken cancellationToken)
    {
        var ordered = session.InOrder(items);
        var timeout = options.Timeout ?? TimeSpan.FromSeconds(ordered.Length > 1 ? 10 : 5);
        var clock = new Backoff(timeout, ordered.Length > 1 ? LongestSleep : LongestSleepForOne);
        var locks = new List<ExclusiveLock>(ordered.Length);
        HoldMarks? marks = null;
        try
        {
            MountProof.RefuseSwitch(locksFolder);
            StoreFolder.Ensure(locksFolder);
            marks = HoldMarks.TryOpen(locksFolder);
            foreach (var item in ordered)
            {
                if (item.IsResource)
                {
                    locks.Add(ResourcePlaces.Take(locksFolder, item, session, marks, ref clock, options, timeout, cancellationToken));
                    continue;
                }
                locks.Add(Take(locksFolder, item, session, clock.Remaining, timeout, options.OnWait, cancellationToken));
                AwaitMark(marks, locks[^1].Path, item, session, ref clock, timeout, options.OnWait, cancellationToken);
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
            return TaskHold.Begin(session, ordered, new HeldLockFiles(session, ordered, [.. locks], marks, tell), holder, clock.Elapsed);
        }
        catch (Exception exception)
        {
            Release(locks, marks, isHandedOver: false);
            if (exception is IOException or UnauthorizedAccessException)
                throw IoRefusal.From(exception, locksFolder);
            throw;
        }
    }

    public void Tell(LockHolder holder)
    {
        _since = holder.Since;
        for (var i = 0; i < _items.Length; i++)
        {
            var (task, resource) = _items[i].IsResource ? (null, _items[i].Name) : (_items[i].Name, (string?)null);
            new HolderFile(_session.Id, task, holder, resource).Write(_locks[i].Path);
        }
    }

    public void Release(bool isHandedOver)
    {
        if (Array.Find(_locks, held => !held.StillAtPath()) is { } gone)
            _tell?.Invoke(NoticeOf(gone.Path));
        Release(_locks, _marks, isHandedOver);
    }

    // What its holder is told where a lock file is not where it was.
    private StoreNotice NoticeOf(string path) => new(StoreNoticeKind.HoldDisturbed,
        $"'{path}' was removed or replaced while {string.Join(", ", _items.Select(item => item.Name))} "
        + $"{(_items.Length > 1 ? "were" : "was")} held "
        + $"(since {_since!.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}): others may have been let in since. "
        + "See the history of what you held, and keep the folder .todo2 from being cleaned.", path);

    private static ExclusiveLock Take(string folder, HoldItem item, LockSession session, TimeSpan remaining, TimeSpan timeout,
        Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        var path = TaskLockFile.PathOf(folder, item.Name);
        try
        {
            return ExclusiveLock.TryAcquire(path, isThreadBound: false) ?? Wait();
        }
        catch (TaskLockingException refused) when (refused.Refusal.Code is RefusalCode.LockTimeout)
        {
            throw HeldTasks.Timeout(path, item.Name, timeout);
        }

        ExclusiveLock Wait()
        {
            // A parent that holds the task waits for us to end: waiting for it would never end.
            if (HeldTasks.LetsThrough(path, HolderFile.Read(path), session))
                throw HoldRefusals.Recursion(item);
            // Nor can a parent let go of a later task while we wait for this one. What is free at once keeps nobody waiting.
            if (session.IsInside && HeldTasks.OfParents(folder, session).Find(held => HoldItem.Compare(held, item) > 0) is { } later)
                throw HoldRefusals.WrongOrder(later, item);
            var report = onWait is null ? null
                : new Action<LockWait>(wait => onWait(new LockWait(item.Name, wait.Elapsed, HolderFile.Read(path).Holder)));
            return ExclusiveLock.Acquire(path,
                new LockOptions { Timeout = remaining, OnWait = report, IsThreadBound = false, LongestSleep = LongestSleep },
                    cancellationToken);
        }
    }

    // Whoever holds a task whose lock file was taken away keeps us out as before. Meanwhile we keep out those who come after us.
    private static void AwaitMark(
        HoldMarks? marks, string path, HoldItem item, LockSession session, ref Backoff clock, TimeSpan timeout, Action<LockWait>? onWait,
        CancellationToken cancellationToken)
    {
        if (marks?.IsFamilys(path, session) == true)
            throw HoldRefusals.Recursion(item);
        while (HeldTasks.IsMarked(path, marks, session))
        {
            if (!clock.Pause(cancellationToken))
                throw HeldTasks.Timeout(path, item.Name, timeout);
            if (onWait is not null && clock.ReportIsDue())
                onWait(new LockWait(item.Name, clock.Elapsed, LockHolder.Unknown));
        }
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

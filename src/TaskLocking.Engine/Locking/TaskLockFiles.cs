using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Locking;

/// <summary>The lock files of some tasks in one hand, and the marks that stand for them.</summary>
/// <remarks>
/// The locks are taken in ordinal order, so that two callers never wait for each other, and then the state lock is passed through once:
/// a commit that looked before and saw the tasks free has then been written, and every later one sees them held. What somebody does to the
/// lock files meanwhile is told when they are let go; until then the marks keep others out.
/// </remarks>
internal sealed class TaskLockFiles : IHeldLocks
{
    // A waiter for several tasks keeps those that it has: what it sleeps, others sleep with it.
    private const int LongestSleep = 3;

    private readonly LockSession _session;
    private readonly string[] _ids;
    private readonly ExclusiveLock[] _locks;
    private readonly HoldMarks? _marks;
    private readonly Action<StoreNotice>? _tell;
    private DateTimeOffset? _since;

    private TaskLockFiles(LockSession session, string[] ids, ExclusiveLock[] locks, HoldMarks? marks, Action<StoreNotice>? tell)
    {
        _session = session;
        _ids = ids;
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

    /// <summary>Takes the locks of tasks that exist.</summary>
    /// <param name="locksFolder">Where they are.</param>
    /// <param name="stateLock">The state lock of the store.</param>
    /// <param name="session">In whose name.</param>
    /// <param name="ids">The tasks, in any order.</param>
    /// <param name="options">How.</param>
    /// <param name="tell">Hears at the end if somebody took a lock file away meanwhile.</param>
    /// <param name="cancellationToken">Ends a wait.</param>
    public static TaskHold Hold(
        string locksFolder, string stateLock, LockSession session, IReadOnlyList<string> ids, HoldOptions options,
        Action<StoreNotice>? tell, CancellationToken cancellationToken)
    {
        var ordered = ids.Distinct(StringComparer.Ordinal).OrderBy(id => id, StringComparer.Ordinal).ToArray();
        session.RefuseDisorder(ordered);
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
            return TaskHold.Begin(session, ordered, new TaskLockFiles(session, ordered, [.. locks], marks, tell), holder, clock.Elapsed);
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
        for (var i = 0; i < _ids.Length; i++)
            new HolderFile(_session.Id, _ids[i], holder).Write(_locks[i].Path);
    }

    public void Release(bool isHandedOver)
    {
        if (Array.Find(_locks, held => !held.StillAtPath()) is { } gone)
            _tell?.Invoke(NoticeOf(gone.Path));
        Release(_locks, _marks, isHandedOver);
    }

    // What its holder is told where a lock file is not where it was.
    private StoreNotice NoticeOf(string path) => new(StoreNoticeKind.HoldDisturbed,
        $"'{path}' was removed or replaced while {string.Join(", ", _ids)} {(_ids.Length > 1 ? "were" : "was")} held "
        + $"(since {_since!.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}): others may have been let in since. "
        + "See the history of what you held, and keep the folder .todo2 from being cleaned.", path);

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
                throw HoldRefusals.Recursion(id);
            // Nor can a parent let go of a later task while we wait for this one. What is free at once keeps nobody waiting.
            if (session.IsInside && HeldTasks.OfParents(folder, session).Find(held => string.CompareOrdinal(held, id) > 0) is { } later)
                throw HoldRefusals.WrongOrder(later, id);
            var report = onWait is null ? null
                : new Action<LockWait>(wait => onWait(new LockWait(id, wait.Elapsed, HolderFile.Read(path).Holder)));
            return ExclusiveLock.Acquire(path,
                new LockOptions { Timeout = remaining, OnWait = report, IsThreadBound = false, LongestSleep = LongestSleep },
                    cancellationToken);
        }
    }

    // Whoever holds a task whose lock file was taken away keeps us out as before. Meanwhile we keep out those who come after us.
    private static void AwaitMark(
        HoldMarks? marks, string path, string id, LockSession session, ref Backoff clock, TimeSpan timeout, Action<LockWait>? onWait,
        CancellationToken cancellationToken)
    {
        if (marks?.IsFamilys(path, session) == true)
            throw HoldRefusals.Recursion(id);
        while (HeldTasks.IsMarked(path, marks, session))
        {
            if (!clock.Pause(cancellationToken))
                throw HeldTasks.Timeout(path, id, timeout);
            if (onWait is not null && clock.ReportIsDue())
                onWait(new LockWait(id, clock.Elapsed, LockHolder.Unknown));
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

using System;
using System.Collections.Generic;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Locking;

/// <summary>
/// Whether somebody else's hold stands in a commit's way. Looked at under the state lock: every hold passes through that lock before it
/// counts, so a task that is free here stays free until the commit is written.
/// </summary>
internal static class HeldTasks
{
    /// <summary>The first of the tasks that another session holds; null if none is held.</summary>
    public static string? FindHeld(string locksFolder, IEnumerable<string> ids, LockSession session)
    {
        using var marks = HoldMarks.OfOthers(locksFolder);
        foreach (var id in ids)
        {
            var path = TaskLockFile.PathOf(locksFolder, id);
            var isHeld = IsHeld(path, id) ? !LetsThrough(path, HolderFile.Read(path), session) : IsMarked(path, marks, session);
            if (isHeld && !session.Holds(path))
                return id;
        }
        return null;
    }

    /// <summary>
    /// Whether a hold lets the session through: it is the session's that this process was started under, and its holder is an ancestor. Of
    /// other systems than Linux the holder file alone is asked.
    /// </summary>
    public static bool LetsThrough(string lockPath, HolderFile told, LockSession session) =>
        session.LetsThrough(told.Session) && (!LibC.IsLinux || KernelLocks.IsFamilys(lockPath));

    /// <summary>The tasks and resources that those hold who let this session through: its parents, which wait for it to end.</summary>
    public static List<HoldItem> OfParents(string locksFolder, LockSession session)
    {
        var held = new List<HoldItem>();
        foreach (var path in StoreFolder.Files(locksFolder, "task_*.lock"))
            Add(path, told => told.Task is { } task ? new HoldItem(task) : null);
        foreach (var file in ResourceLockFile.In(locksFolder))
            Add(file.Path, told => told.Resource is { } resource ? new HoldItem(resource, file.Limit) : null);
        return held;

        void Add(string path, Func<HolderFile, HoldItem?> itemOf)
        {
            if (!session.Holds(path) && HolderFile.Read(path) is var told && itemOf(told) is { } item
                && LetsThrough(path, told, session) && IsHeld(path, item.Name))
                held.Add(item);
        }
    }

    /// <summary>Waits, without the state lock, until nobody holds the task for a moment.</summary>
    /// <exception cref="TaskLockingException">LockTimeout with the holder.</exception>
    public static void WaitUntilFree(
        string path, string id, LockSession session, Deadline deadline, Action<LockWait>? onWait, CancellationToken cancellationToken)
    {
        var backoff = new Backoff(deadline);
        while (IsHeld(path, id) || IsMarked(path, session))
        {
            if (!backoff.Pause(cancellationToken))
                throw Timeout(path, id, deadline.Timeout);
            if (onWait is not null && backoff.ReportIsDue())
                onWait(new LockWait(id, backoff.Elapsed, HolderFile.Read(path).Holder));
        }
    }

    /// <summary>
    /// Whether another session holds the task although its lock file is free: it was taken away below the holder, and made anew.
    /// </summary>
    public static bool IsMarked(string path, HoldMarks? marks, LockSession session) => marks?.IsHeld(path, session) == true;

    /// <summary>The refusal that names the holder.</summary>
    public static TaskLockingException Timeout(string path, string id, TimeSpan timeout)
    {
        var holder = HolderFile.Read(path).Holder;
        var isGone = holder == LockHolder.Unknown && !LockFile.IsHeld(path);
        var refused = HoldRefusals.Timeout(new HoldItem(id), timeout, [], holder).Refusal;
        return new TaskLockingException((isGone
            ? refused.Saying($"Lock timeout after {timeout.TotalSeconds:0.###}s: task {id} is held by somebody whose lock file was taken "
                + "away meanwhile.")
            : refused) with
        { Path = path });
    }

    private static bool IsHeld(string path, string id)
    {
        try
        {
            return LockFile.IsHeld(path);
        }
        catch (TaskLockingException refused) when (refused.Refusal.Path == path)
        {
            throw new TaskLockingException(refused.Refusal with { TaskId = id }, refused);
        }
    }

    private static bool IsMarked(string path, LockSession session)
    {
        using var marks = HoldMarks.OfOthers(System.IO.Path.GetDirectoryName(path)!);
        return IsMarked(path, marks, session);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using TaskLocking.Characters;
using TaskLocking.Model;

namespace TaskLocking.Locking;

/// <summary>
/// The places at resources, as their lock files tell. One more gets in where the smallest limit that was named by him and by those who are
/// in has room for him, so everybody's limit holds for as long as he is in.
/// </summary>
/// <remarks>
/// <para>Calling sequence: <see cref="Take"/>, then dispose the lock. Who looks for a place has a lock of its own for that moment (the
/// turn), so that what he counts stays so until he is in; to let go needs no turn.</para>
/// <para>Failure modes: nobody stands in a queue: of those who wait the first to look gets in. A lock file that is taken away below its
/// holder is told by his mark on the folder (<see cref="HoldMarks"/>).</para>
/// </remarks>
internal static class ResourcePlaces
{
    /// <summary>Takes a place, waiting for one.</summary>
    /// <param name="locksFolder">Where the files are.</param>
    /// <param name="wanted">The resource and the limit.</param>
    /// <param name="session">In whose name.</param>
    /// <param name="marks">The marks of the hold.</param>
    /// <param name="clock">The wait of the hold.</param>
    /// <param name="options">The hold's.</param>
    /// <param name="timeout">What it was given.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TaskLockingException">LockTimeout, LockRecursion, LockOrder, InvalidArgument.</exception>
    public static ExclusiveLock Take(string locksFolder, HoldItem wanted, LockSession session, HoldMarks? marks, ref Backoff clock,
        HoldOptions options, TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            // Those who wait look before they ask for the turn, which is for those who get in.
            if (isFirst || HasRoom(wanted, Users(locksFolder, wanted)))
            {
                var waiting = LockOptions.OnTheWay(clock.Remaining, options.OnWait) with { IsThreadBound = false };
                using (ExclusiveLock.Acquire(ResourceLockFile.TurnOf(locksFolder), waiting, cancellationToken))
                {
                    if (TryTake(locksFolder, wanted, session, marks) is { } taken)
                        return taken;
                }
            }
            if (isFirst && session.IsInside && HeldTasks.OfParents(locksFolder, session) is { Count: > 0 } inherited
                && inherited.Find(held => HoldItem.Compare(held, wanted) > 0) is { } later)
                throw HoldRefusals.WrongOrder(later, wanted);
            if (!clock.Pause(cancellationToken))
                throw HoldRefusals.Timeout(wanted, timeout, Told(Users(locksFolder, wanted)), LockHolder.Unknown);
            if (options.OnWait is not null && clock.ReportIsDue())
                options.OnWait(new LockWait(wanted.Name, clock.Elapsed, Told(Users(locksFolder, wanted)) is [var use, ..] ? use.Holder
                    : LockHolder.Unknown));
        }
    }

    /// <summary>Who holds resources, by name and since when. A lock file that cannot be looked at is passed over, and told.</summary>
    public static IReadOnlyList<ResourceUse> Used(string locksFolder, Action<StoreNotice>? tell)
    {
        var used = new List<ResourceLockFile>();
        foreach (var file in ResourceLockFile.In(locksFolder))
        {
            try
            {
                if (LockFile.IsHeld(file.Path))
                    used.Add(file);
            }
            catch (TaskLockingException refused)
            {
                tell?.Invoke(new StoreNotice(StoreNoticeKind.TaskLockUnusable,
                    $"Resource {file.NameFromKey()} is passed over: {refused.Message}", refused.Refusal.Path));
            }
        }
        return Told(used);
    }

    /// <summary>The order in which users are told: by name, then who came first.</summary>
    public static IReadOnlyList<ResourceUse> Ordered(IEnumerable<ResourceUse> uses) => FixedList<ResourceUse>.Of(uses
        .OrderBy(use => use.Name, StringComparer.Ordinal).ThenBy(use => use.Since ?? DateTimeOffset.MaxValue).ThenBy(use => use.Pid));

    /// <summary>Whether one more gets in beside those who are.</summary>
    public static bool HasRoom(int limit, IReadOnlyCollection<int> limitsOfUsers) =>
        limitsOfUsers.Count < limit && limitsOfUsers.All(other => limitsOfUsers.Count < other);

    private static bool HasRoom(HoldItem wanted, List<ResourceLockFile> users) =>
        HasRoom(wanted.Limit, users.ConvertAll(user => user.Limit));

    private static IReadOnlyList<ResourceUse> Told(IEnumerable<ResourceLockFile> used) => Ordered(used.Select(file =>
    {
        var told = HolderFile.Read(file.Path);
        return ResourceUse.Of(told.Resource ?? file.NameFromKey(), file.Limit, told.Holder);
    }));

    // Under the turn. Null if there is no room.
    private static ExclusiveLock? TryTake(string locksFolder, HoldItem wanted, LockSession session, HoldMarks? own)
    {
        RefuseLookAlike(locksFolder, wanted);
        var users = Users(locksFolder, wanted);
        if (users.Exists(user => HeldTasks.LetsThrough(user.Path, HolderFile.Read(user.Path), session)))
            throw HoldRefusals.Recursion(wanted);
        using (var marks = HoldMarks.OfOthers(locksFolder))
            AddHidden(users, locksFolder, wanted, session, marks);
        if (!HasRoom(wanted, users))
            return null;
        for (var place = 1; place <= wanted.Limit; place++)
        {
            var file = ResourceLockFile.Of(locksFolder, wanted.Name, wanted.Limit, place);
            if (users.Exists(user => user.Limit == file.Limit && user.Place == place)
                || ExclusiveLock.TryAcquire(file.Path, isThreadBound: false) is not { } taken)
                continue;
            // Within the turn, so that nobody looks in between.
            own?.Set(file.Path, session.Id);
            return taken;
        }
        return null;
    }

    // Those who hold the resource although their lock files were taken away below them.
    private static void AddHidden(
        List<ResourceLockFile> users, string locksFolder, HoldItem wanted, LockSession session, HoldMarks? marks)
    {
        if (marks is null)
            return;
        var seen = new HashSet<string>(
            StoreFolder.Files(locksFolder, "*").Select(path => System.IO.Path.GetFileName(path)), StringComparer.Ordinal);
        for (var limit = 1; marks.HasMarkWithout(seen) && limit <= ResourceLimit.MostHolders; limit++)
        {
            for (var place = 1; place <= limit; place++)
            {
                var file = ResourceLockFile.Of(locksFolder, wanted.Name, limit, place);
                if (users.Exists(user => user.Limit == limit && user.Place == place))
                    continue;
                if (marks.IsFamilys(file.Path, session))
                    throw HoldRefusals.Recursion(wanted);
                if (marks.IsHeld(file.Path, session))
                    users.Add(file);
            }
        }
    }

    private static List<ResourceLockFile> Users(string locksFolder, HoldItem wanted)
    {
        var key = TaskLockFile.Escape(wanted.Name);
        return ResourceLockFile.In(locksFolder).Where(file => file.Key == key && IsHeld(file, wanted)).ToList();
    }

    private static void RefuseLookAlike(string locksFolder, HoldItem wanted)
    {
        var key = TaskLockFile.Escape(wanted.Name);
        foreach (var file in ResourceLockFile.In(locksFolder))
        {
            if (file.Key == key || !LookAlike.Comparer.Equals(NameOf(file), wanted.Name) || !LockFile.IsHeld(file.Path))
                continue;
            throw HoldRefusals.LooksLike(wanted, NameOf(file));
        }
    }

    private static string NameOf(ResourceLockFile file) =>
        file.Key.IndexOf('~') < 0 ? file.NameFromKey() : HolderFile.Read(file.Path).Resource ?? file.NameFromKey();

    private static bool IsHeld(ResourceLockFile file, HoldItem wanted)
    {
        try
        {
            return LockFile.IsHeld(file.Path);
        }
        catch (TaskLockingException refused) when (refused.Refusal.Path == file.Path)
        {
            throw new TaskLockingException(refused.Refusal with { Resource = wanted.Name }, refused);
        }
    }
}

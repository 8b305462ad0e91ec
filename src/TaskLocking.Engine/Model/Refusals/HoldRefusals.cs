using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Model;

/// <summary>Refusals about holding tasks and resources.</summary>
internal static class HoldRefusals
{
    private const int MostNamed = 5;

    public static TaskLockingException Recursion(HoldItem item) => new(About(item, RefusalCode.LockRecursion,
        $"The session holds {item} already; waiting for itself would never end."));

    public static TaskLockingException WrongOrder(HoldItem held, HoldItem wanted)
    {
        var why = held.IsResource == wanted.IsResource ? $"{wanted} comes before it" : $"{wanted} comes before it, as all tasks do";
        var refusal = About(wanted, RefusalCode.LockOrder,
            $"The session holds {held}, and {why}: two sessions that lock in different orders could wait for each other for ever. "
                + "Lock both in one call.");
        return new TaskLockingException(refusal with { Ids = [held.Name] });
    }

    /// <summary>The refusal of a task that somebody else holds, or of a resource that has no place left.</summary>
    public static TaskLockingException Timeout(HoldItem item, TimeSpan timeout, IReadOnlyList<ResourceUse> users, LockHolder holder)
    {
        var who = users.Count == 0 ? holder.ToString() : string.Join("; ", users.Take(MostNamed).Select(use => $"{use.Holder}"));
        if (users.Count > MostNamed)
            who += $"; and {users.Count - MostNamed} more";
        var limits = users.Select(use => use.Limit).Append(item.Limit).Where(limit => limit > 0).ToList();
        var what = limits.Count == 0 ? $"{item}" : $"{item} (limit {limits.Min()})";
        return new TaskLockingException(About(item, RefusalCode.LockTimeout,
            $"Lock timeout after {timeout.TotalSeconds:0.###}s: {what} is held by {who}.") with
        {
            Holder = users.Count == 0 ? holder : users[0].Holder,
            RetryAfter = TimeSpan.FromSeconds(1),
        });
    }

    /// <summary>A name that would be taken for that of a resource which is in use.</summary>
    public static TaskLockingException LooksLike(HoldItem item, string like) => new(About(item, RefusalCode.InvalidArgument,
        $"The resource '{item.Name}' looks like '{like}', which somebody holds. Use that one, or a name that nobody takes for it, "
        + $"for example {like}-2."));

    /// <summary>Whether a refusal is about the lock of one task: held, or not to be used.</summary>
    public static bool IsAboutLock(Refusal refusal) => refusal is
    {
        TaskId: not null,
        Code: RefusalCode.LockTimeout or RefusalCode.UnsafeFile or RefusalCode.AccessDenied or RefusalCode.ReadOnlyFileSystem
            or RefusalCode.StoreUnavailable,
    };

    private static Refusal About(HoldItem item, RefusalCode code, string message) => item.IsResource
        ? new Refusal(code, message) { Resource = item.Name }
        : new Refusal(code, message) { TaskId = item.Name };
}

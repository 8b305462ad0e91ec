using TaskLocking.Diagnostics;
using TaskLocking.Leases;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>
/// Looks at the lock files of a store, with the eyes of one session. A lock that cannot be looked at stops nobody but who wants that very
/// task: it is named, once.
/// </summary>
internal sealed class TaskHolds(string locksFolder, LockSession session, StoreNotices? notices) : ITaskHolds
{
    public string? Obstacle(string taskId)
    {
        try
        {
            return HeldTasks.FindHeld(locksFolder, [taskId], session) is null ? null : "somebody holds its lock";
        }
        catch (TaskLockingException refused) when (HeldTasks.IsAboutLock(refused.Refusal))
        {
            var told = $"Task {taskId} is passed over: {refused.Message}";
            notices?.Add(new StoreNotice(StoreNoticeKind.TaskLockUnusable, told, refused.Refusal.Path));
            return "its lock cannot be used: " + refused.Message.TrimEnd('.');
        }
    }
}

using TaskLocking.Model;

namespace TaskLocking.Board;

/// <summary>
/// Looks at the locks of a store's tasks with the eyes of one session. A lock that cannot be looked at stops nobody but who wants that very
/// task: it is named, once.
/// </summary>
internal sealed class TaskHolds(ITaskStore store, LockSession session) : ITaskHolds
{
    public string? Obstacle(string taskId)
    {
        try
        {
            return store.Locks.FindHeld([taskId], session) is null ? null : "somebody holds its lock";
        }
        catch (TaskLockingException refused) when (HoldRefusals.IsAboutLock(refused.Refusal))
        {
            var told = $"Task {taskId} is passed over: {refused.Message}";
            store.Tell(new StoreNotice(StoreNoticeKind.TaskLockUnusable, told, refused.Refusal.Path));
            return "its lock cannot be used: " + refused.Message.TrimEnd('.');
        }
    }
}

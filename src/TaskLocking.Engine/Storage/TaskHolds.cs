using TaskLocking.Leases;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>Looks at the lock files of a workspace, with the eyes of one session.</summary>
internal sealed class TaskHolds(string workspace, LockSession session) : ITaskHolds
{
    private readonly string _locks = new StorePaths(workspace).Locks;

    public bool IsHeld(string taskId) => HeldTasks.FindHeld(_locks, [taskId], session) is not null;
}

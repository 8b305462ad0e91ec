using System.Threading;
using TaskLocking.Locking;

namespace TaskLocking.Topics;

/// <summary>
/// The lock of a root's numbers in the git directory, which all working trees share. It comes before the root's own, by which older scripts
/// and those without git are kept out.
/// </summary>
internal static class RepositoryLock
{
    /// <summary>Waits for it; null where it cannot be had, which is told.</summary>
    /// <exception cref="TaskLockingException">LockTimeout.</exception>
    public static ExclusiveLock? Take(TopicPlace place, LockOptions wait, TopicDoubts doubts, CancellationToken cancellationToken)
    {
        try
        {
            NewFolder.Ensure(place.Folder);
            return ExclusiveLock.Acquire(place.LockPath, wait with { OnFreed = null }, cancellationToken);
        }
        catch (TaskLockingException refused) when (refused.Refusal.Code is RefusalCode.AccessDenied or RefusalCode.ReadOnlyFileSystem
            or RefusalCode.LockingUnsupported or RefusalCode.PathNotFound)
        {
            doubts.Add($"other working trees cannot be kept out ({refused.Message})", refused);
            return null;
        }
    }
}

using System;
using System.Threading;
using TaskLocking.Locking;

namespace TaskLocking.SelfTest;

/// <summary>Another process must keep us out while it lives, and no longer.</summary>
internal static class ProcessCheck
{
    // The promise is 100 ms; this only ends the wait where nothing is ever released.
    private static readonly LockOptions Patience = new() { Timeout = TimeSpan.FromSeconds(10) };

    public static string Exclusion(HolderProcess other, string path, CancellationToken cancellationToken)
    {
        other.Start(path, cancellationToken);
        using var held = ExclusiveLock.TryAcquire(path);
        return held is null
            ? $"Process {other.Pid} held the file and this one was refused."
            : throw IoRefusal.NoLocks(path, $"process {other.Pid} held the file and this one got the lock too");
    }

    public static string ReleaseOnKill(HolderProcess other, CancellationToken cancellationToken)
    {
        var path = other.HeldFile ?? throw new TaskLockingException(RefusalCode.StoreUnavailable,
            "Not tried: there is no second process that holds a file. See ExclusionAcrossProcesses.");
        other.Kill();
        using var held = ExclusiveLock.Acquire(path, Patience, cancellationToken);
        return $"After its holder was killed the lock was free in {held.Waited.TotalMilliseconds:0.0} ms.";
    }
}

using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;
using TaskLocking.Model;

namespace TaskLocking.Locking;

/// <summary>
/// An exclusive lock on a path, across the threads, processes and users of a machine, and of a share that honours share modes: what
/// <c>FileStream</c> with <c>FileShare.None</c> takes. The operating system frees it when the holder ends, however it ends.
/// </summary>
/// <remarks>
/// <para>Calling sequence: <c>using (ExclusiveLock.Acquire(path)) { … }</c>. It may be disposed on another thread.</para>
/// <para>Failure modes: contention is waited for, up to the timeout; everything else fails at once by its own name. The lock is advisory
/// on Unix: programs that do not lock are not kept out. The file is a permanent, empty rendezvous: never delete it while anyone may
/// use it. If someone does, the path is found to name another file and the lock is taken again there.</para>
/// </remarks>
internal sealed class ExclusiveLock : IDisposable
{
    // To tell who holds a lock, Linux stops every flock of the machine for a moment: two hundred waiters that ask five times a second
    // bring it to a standstill. So a wait asks once it is strange, and seldom again; and when it fails.
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromSeconds(30);

    private const int MostMissed = 100;

    private readonly PathQueue _queue;
    private readonly KeptLockFile? _kept;
    private readonly Action<LockTimes>? _onFreed;
    private readonly long _taken;
    private LockFile? _file;

    private ExclusiveLock(string path, PathQueue queue, LockFile file, LockOptions options, TimeSpan waited)
    {
        _kept = options.Kept;
        _onFreed = options.OnFreed;
        _taken = _onFreed is null ? 0 : Stopwatch.GetTimestamp();
        Path = path;
        _queue = queue;
        _file = file;
        Waited = waited;
    }

    /// <summary>The lock file, as it was named.</summary>
    public string Path { get; }

    /// <summary>How long the wait was; zero without one.</summary>
    public TimeSpan Waited { get; }

    /// <summary>Waits for the lock. The file is made if it is not there; its folder must be.</summary>
    /// <param name="path">The lock file, a full path. Its folder should be canonical, so that all threads meet in one queue.</param>
    /// <param name="options">Waiting; null: 5 s.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="TaskLockingException">LockTimeout with the holder, LockRecursion when this thread holds it,
    /// LockingUnsupported, DiskFull, AccessDenied, ReadOnlyFileSystem, PathNotFound, StoreUnavailable.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static ExclusiveLock Acquire(string path, LockOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= LockOptions.Default;
        return Take(path, options, cancellationToken, out var holder) ?? throw Timeout(path, options.Timeout, holder ?? LockHolder.Unknown);
    }

    /// <summary>
    /// The same for what one does for all: null if it is found done, which <see cref="LockOptions.EndsWhen"/> tells, while the lock is
    /// waited for.
    /// </summary>
    internal static ExclusiveLock? AcquireUnlessDone(string path, LockOptions options, CancellationToken cancellationToken)
    {
        var isDone = options.EndsWhen!;
        return Take(path, options, cancellationToken, out var holder)
            ?? (isDone() ? null : throw Timeout(path, options.Timeout, holder ?? LockHolder.Unknown));
    }

    /// <summary>Takes the lock if it is free this moment, else null; other failures as with <see cref="Acquire"/>.</summary>
    public static ExclusiveLock? TryAcquire(string path) => TryAcquire(path, isThreadBound: true);

    internal static ExclusiveLock? TryAcquire(string path, bool isThreadBound, KeptLockFile? kept = null) =>
        Take(path, new LockOptions { Timeout = TimeSpan.Zero, IsThreadBound = isThreadBound, Kept = kept }, CancellationToken.None, out _,
            tellsHolder: false);

    /// <summary>Lets go. The file stays.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _file, null) is not { } file)
            return;
        if (_kept is null)
            file.Dispose();
        else
            _kept.Leave(file);
        _queue.Leave();
        _onFreed?.Invoke(new LockTimes(Waited, Deadline.Since(_taken)));
    }

    /// <summary>The open file; null once it was let go.</summary>
    internal SafeHandle? Handle => _file?.Handle;

    /// <summary>Lets go of it here alone: another process has the same open file, and keeps the lock for as long as it has.</summary>
    internal void LeaveToOthers()
    {
        if (Interlocked.Exchange(ref _file, null) is not { } file)
            return;
        file.Leave();
        _queue.Leave();
    }

    /// <summary>Whether the path still names the file that is locked.</summary>
    internal bool StillAtPath() => _file?.StillAtPath() ?? false;

    private static ExclusiveLock? Take(string path, LockOptions options, CancellationToken cancellationToken, out LockHolder? holder,
        bool tellsHolder = true)
    {
        MountProof.RefuseSwitch(path);
        cancellationToken.ThrowIfCancellationRequested();
        holder = null;
        var backoff = Backoff.OnDemand(options.Timeout, options.LongestSleep, options.Naps);
        var queue = PathQueue.Join(path);
        LockFile? file = null;
        var told = LockHolder.Unknown;
        var nextLook = FirstLook;
        var taken = false;
        var turn = false;
        try
        {
            if (queue.OwnerThread == Environment.CurrentManagedThreadId)
                throw new TaskLockingException(new Refusal(RefusalCode.LockRecursion,
                    $"This thread holds '{path}' already; waiting for itself would never end.")
                { Path = path });
            turn = WaitForTurn(queue, path, options, ref backoff, cancellationToken);
            if (!turn)
            {
                holder = OwnProcess();
                return null;
            }
            file = options.Kept?.Take();
            var isPathKnown = file is not null && options.IsPathKnown;
            var missed = 0;
            for (file ??= LockFile.Open(path)!; ;)
            {
                if (!file.TryLock())
                {
                    options.BetweenTries?.Invoke();
                    if (options.EndsWhen?.Invoke() == true)
                        return null;
                    if (backoff.Pause(cancellationToken))
                    {
                        if (options.OnWait is not null && backoff.ReportIsDue())
                        {
                            if (backoff.Elapsed >= nextLook)
                            {
                                told = file.FindHolder();
                                nextLook = backoff.Elapsed + PauseBetweenLooks;
                            }
                            options.OnWait(new LockWait(path, backoff.Elapsed, told));
                        }
                        continue;
                    }
                    if (!Outlast(file, cancellationToken))
                    {
                        holder = tellsHolder ? file.FindHolder() : null;
                        return null;
                    }
                }
                if (isPathKnown || file.StillAtPath())
                    break;
                file.Dispose();
                // Somebody takes it away as fast as it is made, or the system does not tell what the path names.
                if (++missed > MostMissed && !backoff.Pause(cancellationToken))
                    throw IoRefusal.Changing(path);
                file = LockFile.Open(path)!;
            }
            if (!queue.IsProven)
            {
                MountProof.Prove(path);
                queue.IsProven = true;
            }
            taken = true;
            return new ExclusiveLock(path, queue, file, options, backoff.Elapsed);
        }
        finally
        {
            if (!taken)
            {
                file?.Dispose();
                if (turn)
                    queue.Leave();
                else
                    queue.Abandon();
            }
        }
    }

    // Those who look are in the way for a microsecond, and a lock that they look at is free: even a single try takes it, as soon as they
    // are gone.
    private static bool Outlast(LockFile file, CancellationToken cancellationToken)
    {
        for (var moment = new Backoff(LockOptions.Moment, longestSleep: 1); file.IsOnlyShared() && moment.Pause(cancellationToken);)
        {
            if (file.TryLock())
                return true;
        }
        return false;
    }

    private static bool WaitForTurn(PathQueue queue, string path, LockOptions options, ref Backoff backoff,
        CancellationToken cancellationToken)
    {
        if (queue.TryEnter(options.IsThreadBound))
            return true;
        backoff.Begin();
        if (options.OnWait is null)
            return queue.Wait(options.Timeout, options.IsThreadBound, cancellationToken);
        while (true)
        {
            var remaining = backoff.Remaining;
            var slice = TimeSpan.FromMilliseconds(200);
            if (remaining != System.Threading.Timeout.InfiniteTimeSpan && remaining < slice)
                slice = remaining;
            if (queue.Wait(slice, options.IsThreadBound, cancellationToken))
                return true;
            if (backoff.Remaining == TimeSpan.Zero)
                return false;
            options.OnWait(new LockWait(path, backoff.Elapsed, OwnProcess()));
        }
    }

    private static LockHolder OwnProcess() =>
        new(ProcessIdentity.Pid, Host: Environment.MachineName, Doing: "another thread of this process");

    private static TaskLockingException Timeout(string path, TimeSpan timeout, LockHolder holder) =>
        new(new Refusal(RefusalCode.LockTimeout,
        $"Lock timeout after {timeout.TotalSeconds:0.###}s: '{path}' is held by {holder}.")
        { Path = path, Holder = holder, RetryAfter = TimeSpan.FromSeconds(1) });
}

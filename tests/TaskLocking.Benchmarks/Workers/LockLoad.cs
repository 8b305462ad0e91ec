using TaskLocking.Locking;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>Takes and releases one lock.</summary>
internal sealed class LockLoad(string path) : IWorkload
{
    public void Warm() => Repeat.UntilWarm(() => Step());

    public bool Step()
    {
        ExclusiveLock.Acquire(path).Dispose();
        return true;
    }

    public void Dispose()
    {
    }
}

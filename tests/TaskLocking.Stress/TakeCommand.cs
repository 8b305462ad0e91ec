using System;
using System.Globalization;
using TaskLocking.Locking;

namespace TaskLocking.Stress;

/// <summary>Takes one lock many times, with both witnesses inside. Prints how often, and how often somebody else was there.</summary>
internal static class TakeCommand
{
    public static int Run(string path, int count)
    {
        var options = new LockOptions { Timeout = TimeSpan.FromMinutes(5) };
        using var detectors = new OverlapDetectors(path);
        Gate.Wait();
        for (var number = 0; number < count; number++)
        {
            using (ExclusiveLock.Acquire(path, options))
            {
                detectors.Enter();
                detectors.Leave();
            }
        }
        Report.Line("took", count.ToString(CultureInfo.InvariantCulture), detectors.Overlaps.ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}

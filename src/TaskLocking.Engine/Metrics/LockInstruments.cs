using System;
#if NET
using System.Collections.Generic;
using System.Diagnostics.Metrics;
#endif

namespace TaskLocking.Metrics;

/// <summary>
/// The same numbers as instruments of the meter "TaskLocking", for whoever listens in a process that lives long. Attributes have few
/// values: which task or file it was is in <see cref="LockMetrics"/>. Where .NET has no such instruments, nothing.
/// </summary>
internal static class LockInstruments
{
#if NET
    private static readonly Meter Meter = new("TaskLocking", typeof(LockInstruments).Assembly.GetName().Version?.ToString(3));

    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>("tasklocking.lock.wait.duration", "s",
        "Time until a lock was there, or the wait ended.");

    private static readonly Histogram<double> Holds = Meter.CreateHistogram<double>("tasklocking.lock.hold.duration", "s",
        "Time that a lock was held.");

    private static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("tasklocking.conflicts", "{conflict}",
        "Requests that somebody else stood in the way of.");

    private static readonly Counter<long> Timeouts = Meter.CreateCounter<long>("tasklocking.lock.timeouts", "{timeout}",
        "Waits that ended without the lock.");

    private static readonly Counter<long> Breaks = Meter.CreateCounter<long>("tasklocking.leases.broken", "{lease}",
        "Leases that lapsed and were taken away.");

    public static void Waited(string resource, TimeSpan wait)
    {
        if (Waits.Enabled)
            Waits.Record(wait.TotalSeconds, Resource(resource));
    }

    public static void Held(string resource, TimeSpan hold)
    {
        if (Holds.Enabled)
            Holds.Record(hold.TotalSeconds, Resource(resource));
    }

    public static void Conflicted(string resource, RefusalCode code)
    {
        if (Conflicts.Enabled)
            Conflicts.Add(1, Resource(resource), new KeyValuePair<string, object?>("error.type", code.ToString()));
    }

    public static void TimedOut(string resource)
    {
        if (Timeouts.Enabled)
            Timeouts.Add(1, Resource(resource));
    }

    public static void Broke(string resource)
    {
        if (Breaks.Enabled)
            Breaks.Add(1, Resource(resource));
    }

    private static KeyValuePair<string, object?> Resource(string resource) => new("tasklocking.resource.type", MetricName.Kind(resource));
#else
    public static void Waited(string resource, TimeSpan wait)
    {
    }

    public static void Held(string resource, TimeSpan hold)
    {
    }

    public static void Conflicted(string resource, RefusalCode code)
    {
    }

    public static void TimedOut(string resource)
    {
    }

    public static void Broke(string resource)
    {
    }
#endif
}

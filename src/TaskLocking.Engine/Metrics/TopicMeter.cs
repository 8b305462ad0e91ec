using System;
using TaskLocking.Model;
using TaskLocking.Workspaces;

namespace TaskLocking.Metrics;

/// <summary>
/// Counts what the lock of a root of topics takes, beside what is counted of the project's tasks, where it has a store of them.
/// </summary>
/// <param name="project">The project's folder.</param>
/// <param name="root">The root.</param>
/// <param name="oneShot">Tell at the end alone.</param>
internal sealed class TopicMeter(string project, string root, bool oneShot) : IDisposable
{
    private readonly MetricsLog _log = new(StorePaths.Of(project), TimeProvider.System, oneShot);
    private readonly string _resource = MetricName.Topics(project, root);

    /// <summary>The lock was there, and let go.</summary>
    public void Freed(LockTimes times) => _log.Freed(_resource, Author.Default, times.Waited, times.Held);

    /// <summary>A wait ended without it.</summary>
    public void TimedOut(TimeSpan waited) => _log.TimedOut(_resource, Author.Default, waited);

    /// <summary>Tells what is left.</summary>
    public void Dispose() => _log.Dispose();
}

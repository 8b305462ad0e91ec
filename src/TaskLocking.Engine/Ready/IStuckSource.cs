using System.Collections.Generic;

namespace TaskLocking.Ready;

/// <summary>
/// A state that never changes and keeps what waits in vain in it, so that not every question looks through all its tasks.
/// </summary>
internal interface IStuckSource
{
    IReadOnlyList<StuckTask> Stuck { get; }
}

using System.Collections.Generic;

namespace TaskLocking.CrashStates.Disk;

/// <summary>A flush of a file or a folder: what began before it is on the disk when it is over, unless it failed.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it was over.</param>
/// <param name="Failed">Whether it failed.</param>
/// <param name="By">The descriptor, and when that was opened.</param>
internal sealed record Flush(long Start, long End, bool Failed, (int Number, long Opened) By)
{
    /// <summary>
    /// Whether its success says that what another flush failed to write is there all the same: the system tells each descriptor that was
    /// open at the time, once.
    /// </summary>
    public bool Refutes(Flush failed, IEnumerable<Flush> flushes)
    {
        foreach (var told in flushes)
        {
            if (told.Failed && told.By == By && told.End >= failed.End && told.End < End)
                return false;
        }
        return By != failed.By && By.Opened < failed.Start;
    }
}

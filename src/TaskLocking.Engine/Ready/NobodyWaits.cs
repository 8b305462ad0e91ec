using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Ready;

/// <summary>No task waits for one of these, so what becomes of them opens nothing.</summary>
internal sealed class NobodyWaits(IReadOnlyCollection<string> ids) : IReadyQuestion
{
    public bool IsAnsweredAlike(TaskGraph later) => !ids.Any(later.HasDependents);
}

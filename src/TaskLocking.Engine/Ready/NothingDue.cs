using System;

namespace TaskLocking.Ready;

/// <summary>At that time nothing was due.</summary>
internal sealed class NothingDue(DateTimeOffset now, ILiveness liveness) : IReadyQuestion
{
    public bool IsAnsweredAlike(TaskGraph later) => later.Ready.Due(now, liveness).Count == 0;
}

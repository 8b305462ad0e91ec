using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Locking;
using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

internal static class ProgressQuery
{
    public static TaskProgress Of(ITaskState state, string? swarm, DateTimeOffset now, ILiveness liveness) => throw new NotSupportedException();
}

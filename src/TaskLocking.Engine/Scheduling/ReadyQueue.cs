using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Locking;
using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

internal static class ReadyQueue
{
    public static IReadOnlyList<AgentTask> Select(ITaskState state, ReadyQuery query, DateTimeOffset now, ILiveness liveness) => throw new NotSupportedException();

    public static Readiness Explain(ITaskState state, string id, ReadyQuery query, DateTimeOffset now, ILiveness liveness, string locksFolder, LockSession session) => throw new NotSupportedException();
}

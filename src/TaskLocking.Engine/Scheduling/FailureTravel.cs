using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Locking;
using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

internal static class FailureTravel
{
    /// <summary>Blocks what a failure keeps from starting and frees what none keeps any more, from these tasks on.</summary>
    public static void Settle(TaskDraft draft, IEnumerable<string> ids) => throw new NotSupportedException();
}

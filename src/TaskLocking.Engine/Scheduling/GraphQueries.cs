using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Locking;
using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

internal static class GraphQueries
{
    public static GraphReport Report(ITaskState state) => throw new NotSupportedException();
}

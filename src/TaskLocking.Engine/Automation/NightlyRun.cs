using System;
using System.Threading;
using TaskLocking.Leases;
using TaskLocking.Storage;

namespace TaskLocking.Automation;

internal sealed class NightlyRun(TaskBoard board, ITaskStore store, TimeProvider clock, ILiveness liveness, StringComparison comparison)
{
    public AssignmentRun Run(AssignmentRunRequest request, CommitOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException(request.ToString());
}

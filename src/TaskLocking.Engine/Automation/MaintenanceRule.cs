using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Tasks;

namespace TaskLocking.Automation;

internal sealed class MaintenanceRule(ILiveness liveness) : ITaskRule<IReadOnlyList<MaintenanceItem>>
{
    public IReadOnlyList<MaintenanceItem> Decide(TaskDraft draft) => throw new NotSupportedException(liveness.ToString());
}

using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

internal sealed class FailRule(IReadOnlyList<FailRequest> requests) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft) => throw new NotSupportedException(requests.ToString());
}

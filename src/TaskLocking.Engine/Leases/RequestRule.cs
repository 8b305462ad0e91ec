using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

internal sealed class RequestRule(TaskRequest request, ILiveness liveness, StringComparison comparison) : ITaskRule<TaskRequestAnswer>
{
    public TaskRequestAnswer Decide(TaskDraft draft) => throw new NotSupportedException(request.ToString());
}

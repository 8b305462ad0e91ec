using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

internal sealed class LockFilesRule(FileLeaseRequest request, ILiveness liveness, StringComparison comparison) : ITaskRule<FileLeaseAnswer>
{
    public FileLeaseAnswer Decide(TaskDraft draft) => throw new NotSupportedException(request.ToString());
}

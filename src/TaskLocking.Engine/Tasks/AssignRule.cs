using System;
using System.Collections.Generic;

namespace TaskLocking.Tasks;

internal sealed class AssignRule(AssignmentRequest request) : ITaskRule<AssignmentResult>
{
    public AssignmentResult Decide(TaskDraft draft) => throw new NotSupportedException(request.ToString());
}

using System;
using System.Collections.Generic;

namespace TaskLocking.Tasks;

internal sealed class RemoveRule(IReadOnlyList<TaskRemoval> removals) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft) => throw new NotSupportedException(removals.ToString());
}

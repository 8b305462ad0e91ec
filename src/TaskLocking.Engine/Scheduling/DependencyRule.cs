using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Tasks;

namespace TaskLocking.Scheduling;

internal sealed class DependencyRule(IReadOnlyList<DependencyEdit> edits, bool remove) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft) => throw new NotSupportedException(edits.ToString());
}

using System;
using System.Collections.Generic;

namespace TaskLocking.Tasks;

internal sealed class EditRule(IReadOnlyList<TaskEdit> edits) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft) => throw new NotSupportedException(edits.ToString());
}

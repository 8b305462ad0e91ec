using System;
using System.Collections.Generic;

namespace TaskLocking.Tasks;

internal sealed class DefineRule(IReadOnlyList<TaskDefinition> definitions) : ITaskRule<IReadOnlyList<TaskOutcome>>
{
    public IReadOnlyList<TaskOutcome> Decide(TaskDraft draft) => throw new NotSupportedException(definitions.ToString());
}

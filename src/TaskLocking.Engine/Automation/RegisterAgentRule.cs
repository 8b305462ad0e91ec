using System;
using System.Collections.Generic;
using TaskLocking.Leases;
using TaskLocking.Tasks;

namespace TaskLocking.Automation;

internal sealed class RegisterAgentRule(IReadOnlyList<AgentProfile> agents) : ITaskRule<IReadOnlyList<AgentOutcome>>
{
    public IReadOnlyList<AgentOutcome> Decide(TaskDraft draft) => throw new NotSupportedException(agents.ToString());
}

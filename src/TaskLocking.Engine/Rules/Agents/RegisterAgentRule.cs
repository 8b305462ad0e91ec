using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;

namespace TaskLocking.Rules;

/// <summary>
/// Registers agents; one that is registered already gets what is given, and keeps since when. Refused for an agent: InvalidArgument.
/// </summary>
internal sealed class RegisterAgentRule(IReadOnlyList<AgentProfile> agents) : ITaskRule<IReadOnlyList<AgentOutcome>>
{
    public IReadOnlyList<AgentOutcome> Decide(TaskDraft draft) => agents.Select(agent => Decide(draft, agent)).ToList();

    private static AgentOutcome Decide(TaskDraft draft, AgentProfile asked)
    {
        if ((draft.Names.NewAgent(asked.Name) ?? AgentFields.Fault(asked)) is { } fault)
            return new AgentOutcome(asked.Name, null, TaskRefusals.Invalid(null, fault), false);
        var before = Person.Find(draft, asked.Name, Person.Is(asked.Type));
        var agent = new AgentProfile(
            asked.Name,
            AgentFields.Type(asked.Type)!,
            string.IsNullOrEmpty(asked.Host) ? null : asked.Host,
            TaskFields.Once(asked.Capabilities),
            asked.MaxTasks,
            before?.Registered ?? draft.Now);
        if (before is not null && IsSame(before, agent))
            return new AgentOutcome(agent.Name, before, null, false);
        draft.Put(agent);
        return new AgentOutcome(agent.Name, agent, null, true);
    }

    private static bool IsSame(AgentProfile one, AgentProfile other) =>
        one.Type == other.Type && one.Host == other.Host && one.MaxTasks == other.MaxTasks
            && one.Capabilities.SequenceEqual(other.Capabilities, StringComparer.Ordinal);
}

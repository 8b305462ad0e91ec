using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Ready;

namespace TaskLocking.Rules;

/// <summary>
/// Takes agents out. Refused for an agent: InvalidArgument, AgentNotFound, AgentHasTasks unless forced. With force its tasks go back to
/// the queue, without a strike. Its leases on files are freed in any case.
/// </summary>
internal sealed class UnregisterAgentRule(IReadOnlyList<AgentRemoval> removals) : ITaskRule<IReadOnlyList<AgentOutcome>>
{
    public IReadOnlyList<AgentOutcome> Decide(TaskDraft draft) => removals.Select(removal => Decide(draft, removal)).ToList();

    private static AgentOutcome Decide(TaskDraft draft, AgentRemoval removal)
    {
        if (string.IsNullOrEmpty(removal.Name))
            return Refused(removal,
                TaskRefusals.Invalid(null, "The agent is not named. Name one that is registered, for example builder-1."));
        if (Person.Fault(removal.Type) is { } fault)
            return Refused(removal, TaskRefusals.Invalid(null, fault));
        if (removal.Type is null && Person.Find(draft, removal.Name, true) is not null
            && Person.Find(draft, removal.Name, false) is { } other)
        {
            return Refused(removal, TaskRefusals.Invalid(null,
                $"{removal.Name} is registered as {other.Type} and as human. Say which, for example with the type {other.Type}."));
        }
        if (Person.Find(draft, removal.Name, Person.IsMeant(draft, removal.Name, removal.Type)) is not { } agent)
            return Refused(removal, new Refusal(RefusalCode.AgentNotFound, $"Agent {removal.Name} not found") { Agent = removal.Name });
        var tasks = draft.Tasks.Where(task => AgentLoad.Counts(task, agent)).ToList();
        if (tasks.Count > 0 && !removal.Force)
        {
            var ids = tasks.Select(task => task.Id).ToList();
            return Refused(removal,
                new Refusal(RefusalCode.AgentHasTasks,
                    $"Agent {agent.Name} still has {TaskRefusals.Listed(ids)}. Finish or unassign them, or force it")
                {
                    Agent = agent.Name,
                    Ids = ids,
                });
        }
        foreach (var task in tasks)
            Return(draft, task);
        FileScope.FreeAll(draft, agent.Name, exceptClaimsOtherThan: null, Person.Is(agent.Type));
        draft.Remove(agent);
        return new AgentOutcome(agent.Name, agent, null, true);
    }

    private static AgentOutcome Refused(AgentRemoval removal, Refusal refusal) => new(removal.Name, null, refusal, false);

    private static void Return(TaskDraft draft, AgentTask task)
    {
        var change = draft.Change(task).EndClaim(task).Unassign(task);
        if (TaskLife.To(TaskMove.Return, task.Status) is { } status)
            change.SetStatus(status);
        ClaimEnd.Settle(draft, task, change.Apply());
    }
}

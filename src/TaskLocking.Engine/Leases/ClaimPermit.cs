using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Automation;
using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// What an agent may take: its capabilities, who a task is for, and how much it works on. What <c>next</c> passes over is what
/// <c>start</c> refuses.
/// </summary>
internal sealed class ClaimPermit
{
    private readonly TaskDraft _draft;
    private readonly string _agent;
    private readonly AgentProfile? _profile;
    private readonly IReadOnlyList<string> _capabilities;

    /// <param name="draft">The state.</param>
    /// <param name="agent">Who asks; one that is not registered has no limit.</param>
    /// <param name="capabilities">What it can do beside what it is registered for.</param>
    public ClaimPermit(TaskDraft draft, string agent, IReadOnlyList<string> capabilities)
    {
        _draft = draft;
        _agent = agent;
        _profile = draft.FindAgent(agent);
        _capabilities = capabilities;
    }

    /// <summary>NotPermitted: a capability is missing, or others are named.</summary>
    public Refusal? Refuse(AgentTask task)
    {
        if (task.Requires.Count > 0)
        {
            var missing = task.Requires.Where(needed => !Has(_capabilities, needed) && !(_profile is not null && Has(_profile.Capabilities, needed))).ToList();
            if (missing.Count > 0)
                return LifeRefusals.MissingCapability(task, _agent, missing);
        }
        return task.AllowedAgents.Count > 0 && !Has(task.AllowedAgents, _agent) ? LifeRefusals.NotAllowed(task, _agent) : null;
    }

    /// <summary>
    /// The tasks that the agent works on, if they are as many as it may; null while there is room. Those that are only assigned to it do
    /// not count: else one that was given its fill could begin none of them.
    /// </summary>
    public IReadOnlyList<string>? Full()
    {
        if (_profile is null)
            return null;
        var ids = _draft.Graph.Active.Where(task => ClaimCheck.IsSame(ClaimCheck.Owner(task), _agent)).Select(task => task.Id).ToList();
        return ids.Count >= _profile.MaxTasks ? ids : null;
    }

    private static bool Has(IReadOnlyList<string> list, string value) => list.Contains(value, StringComparer.Ordinal);
}

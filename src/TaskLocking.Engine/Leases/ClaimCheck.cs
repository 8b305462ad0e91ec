using System;
using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Whether a later verb of a claim comes from who has it. The token decides where one is given, else the name. A claim whose time has
/// passed counts as long as nobody took it away.
/// </summary>
internal static class ClaimCheck
{
    /// <summary>Null if the agent has the task, or nobody has.</summary>
    public static Refusal? Refuse(AgentTask task, string agent, long? token)
    {
        if (!PlantedBug.ForgetToken && token is { } expected && !(task.Claim is { } claim && claim.Token == expected && IsSame(claim.Agent, agent)))
            return LifeRefusals.LeaseLost(task, agent, expected);
        return Owner(task) is { } owner && !IsSame(owner, agent) ? LifeRefusals.NotOwner(task, agent, owner) : null;
    }

    /// <summary>Who has the task, by claim or by assignment; null if nobody has.</summary>
    public static string? Owner(AgentTask task) => task.Claim?.Agent ?? task.Assignee?.Name;

    public static bool IsSame(string? agent, string? other) => string.Equals(agent, other, StringComparison.Ordinal);
}

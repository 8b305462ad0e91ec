using System;
using TaskLocking.Diagnostics;
using TaskLocking.Tasks;

namespace TaskLocking.Leases;

/// <summary>
/// Whether a later verb of a claim comes from who has it. The token decides where one is given, else the name, and where a living process
/// has the claim, whether it is that one that asks. A claim whose time has passed counts as long as nobody took it away.
/// </summary>
internal static class ClaimCheck
{
    /// <summary>Null if the worker has the task, or nobody has.</summary>
    /// <param name="task">The task.</param>
    /// <param name="worker">Who asks.</param>
    /// <param name="token">The claim's token, as it is known there.</param>
    /// <param name="force">Whether another process of the name is passed over.</param>
    /// <param name="now">The time.</param>
    /// <param name="liveness">Judges processes; null where the name alone decides.</param>
    public static Refusal? Refuse(AgentTask task, Worker worker, long? token, bool force, DateTimeOffset now, ILiveness? liveness)
    {
        if (!PlantedBug.ForgetToken && token is { } expected
            && !(task.Claim is { } claimed && claimed.Token == expected && IsSame(claimed.Agent, worker.Name)))
        {
            return LifeRefusals.LeaseLost(task, worker.Name, expected);
        }
        if (Owner(task) is { } owner && !worker.IsCalled(owner, Person.Has(task)))
            return LifeRefusals.NotOwner(task, worker, owner);
        return token is null && !force && liveness is not null && task.Claim is { } claim && worker.IsAnothers(claim, now, liveness)
            ? LifeRefusals.OtherProcess(task, claim)
            : null;
    }

    /// <summary>Who has the task, by claim or by assignment; null if nobody has.</summary>
    public static string? Owner(AgentTask task) => task.Claim?.Agent ?? task.Assignee?.Name;

    /// <summary>
    /// Whether a person is meant by a name: as the type says, else if the task is a person's of that name and only a person is registered
    /// so. The registration is looked at only where it matters: who looks decides again when any changes.
    /// </summary>
    public static bool IsPerson(TaskDraft draft, AgentTask task, string name, string? type) =>
        Person.Is(type) || (type is null or "agent" && Person.Has(task) && Owner(task) == name && Person.IsMeant(draft, name, null));

    public static bool IsSame(string? agent, string? other) => string.Equals(agent, other, StringComparison.Ordinal);
}

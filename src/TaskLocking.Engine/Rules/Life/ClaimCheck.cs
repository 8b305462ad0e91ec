using System;
using System.Linq;
using TaskLocking.Faults;
using TaskLocking.Model;

namespace TaskLocking.Rules;

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
        if (task.Owner is { } owner && !worker.IsCalled(owner, Person.Has(task)))
            return LifeRefusals.NotOwner(task, worker, owner);
        return token is null && !force && liveness is not null && task.Claim is { } claim && worker.IsAnothers(claim, now, liveness)
            ? LifeRefusals.OtherProcess(task, claim)
            : null;
    }

    /// <summary>
    /// Whether a change that takes the claim away, and is none of its verbs, may do so: null where nobody has it or it has lapsed, or by
    /// what proves it to be one's own; else NotOwner, or LeaseLost for a token that is none of this claim.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="proof">What the caller knows; null for nothing.</param>
    /// <param name="now">The time.</param>
    /// <param name="liveness">Judges processes; null: time alone does.</param>
    public static Refusal? RefuseTaking(AgentTask task, ClaimProof? proof, DateTimeOffset now, ILiveness? liveness)
    {
        proof ??= ClaimProof.None;
        if (proof.Force)
            return null;
        if (proof.Tokens.Count > 0)
        {
            return task.Claim is { } held && proof.Tokens.Contains(held.Token) ? null
                : LifeRefusals.LeaseLost(task, proof.Agent ?? "the caller", proof.Tokens[0]);
        }
        if (task.Foreign.HasUnread(TodoField.Claim | TodoField.Own))
            return LifeRefusals.HeldBySomebody(task);
        if (task.Claim is not { } claim || LeaseTerm.End(claim, now, liveness) is not null)
            return null;
        var worker = new Worker(claim.Agent, Person.Has(task), proof.Callers);
        if (claim.Pid is not null && worker.Callers.Count > 0)
            return worker.IsOf(claim, liveness) ? null : LifeRefusals.Held(task, claim);
        return IsSame(claim.Agent, proof.Agent) ? null : LifeRefusals.Held(task, claim);
    }

    /// <summary>
    /// Whether a person is meant by a name: as the type says, else if the task is a person's of that name and only a person is registered
    /// so. The registration is looked at only where it matters: who looks decides again when any changes.
    /// </summary>
    public static bool IsPerson(TaskDraft draft, AgentTask task, string name, string? type) =>
        Person.Is(type) || (type is null or "agent" && Person.Has(task) && task.Owner == name && Person.IsMeant(draft, name, null));

    public static bool IsSame(string? agent, string? other) => string.Equals(agent, other, StringComparison.Ordinal);
}

using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Proof;

/// <summary>
/// What one task answers, one operation after the other: the sequential specification, pure. It is written from the promises and shares
/// nothing with the rules but the table of states, so that a fault in a rule is not a fault here too.
/// </summary>
/// <param name="deaths">
/// When a worker's process ended, killed or not, in ticks, and not later than it did: from then on its claims may be taken away.
/// </param>
internal sealed class TaskModel(IReadOnlyDictionary<string, long> deaths)
{
    /// <summary>
    /// The state after the operation was answered as it was; null if it cannot have been in this state. An open one takes effect.
    /// </summary>
    public TaskState? Step(TaskState state, Operation operation) => operation.Answer switch
    {
        OperationAnswer.None or OperationAnswer.Uncertain => Effect(state, operation),
        OperationAnswer.Done when operation.Kind == OperationKind.Read => Read(state, operation),
        OperationAnswer.Done => Effect(state, operation),
        OperationAnswer.Unchanged => Unchanged(state, operation),
        _ => IsRefused(state, operation) ? state : null,
    };

    /// <summary>The state after the claim was taken from a dead or silent claimant; null if it cannot have been by that time.</summary>
    public static TaskState? Heal(TaskState state, long now)
    {
        if (state.Holder is null || state.Until > now)
            return null;
        var strikes = state.Strikes + 1;
        var healed = state.WithoutClaim() with { Strikes = strikes };
        return strikes < TaskLife.MaxStrikes
            ? healed with { Status = AgentTaskStatus.Todo, Owner = null }
            : healed with { Status = AgentTaskStatus.Failed };
    }

    /// <summary>Whether the operation can tell or change anything: a refusal such as LockTimeout fits every state.</summary>
    public static bool Tells(Operation operation) =>
        operation.IsOpen ? operation.Kind != OperationKind.Read : operation.Answer != OperationAnswer.Refused || operation.Refusal is
            RefusalCode.TaskAlreadyDefined or RefusalCode.TaskNotFound or RefusalCode.TaskAlreadyAssigned or RefusalCode.NotOwner
            or RefusalCode.LeaseLost or RefusalCode.StatusConflict or RefusalCode.BatchRefused;

    /// <summary>Whether two open operations do the same to every state. Those that name the claim's process are no two alike.</summary>
    public static bool IsAlike(Operation one, Operation other) =>
        one.Kind == other.Kind && one.Agent == other.Agent && one.Token == other.Token && one.ValidUntil == other.ValidUntil
        && (one.Worker == other.Worker || one.Kind is not (OperationKind.Claim or OperationKind.Start));

    private TaskState? Effect(TaskState state, Operation operation) => operation.Kind switch
    {
        OperationKind.Define => state.Exists ? null : state with { Exists = true, Status = AgentTaskStatus.Todo },
        OperationKind.Assign => state.Exists && state.Owner is null ? state with { Owner = operation.Agent } : null,
        OperationKind.Unassign or OperationKind.GiveBack => Freed(state, operation),
        OperationKind.Claim => Claimed(state, operation),
        OperationKind.Start => state.Status == AgentTaskStatus.Todo && HasClaim(state, operation)
            ? Pinned(state, operation.Token) with
            {
                Status = AgentTaskStatus.InProgress,
                Holder = operation.Worker,
                Until = Math.Min(state.Holder == operation.Worker ? state.Until : long.MaxValue, Death(operation.Worker))
            }
            : null,
        OperationKind.Complete => state.Status == AgentTaskStatus.InProgress && HasClaim(state, operation)
            ? Pinned(state, operation.Token).WithoutClaim() with { Status = AgentTaskStatus.Done, Strikes = 0 }
            : null,
        _ => null,
    };

    // Giving back asks for the owner; a token that is shown has to be right too.
    private static TaskState? Freed(TaskState state, Operation operation)
    {
        if (!state.Exists || state.Owner is null || !IsOwner(state, operation.Agent)
            || (operation.Token != 0 && !HasClaim(state, operation)))
            return null;
        var freed = Pinned(state, operation.Token).WithoutClaim() with { Owner = null };
        return state.Status == AgentTaskStatus.InProgress ? freed with { Status = AgentTaskStatus.Todo } : freed;
    }

    private TaskState? Claimed(TaskState state, Operation operation)
    {
        var isFree = state is { Exists: true, Holder: null, Status: AgentTaskStatus.Todo }
            && (state.Owner is null || IsOwner(state, operation.Agent));
        if (!isFree || (operation.Token <= state.LastToken && !(operation.IsOpen && operation.Token == 0)))
            return null;
        return state with
        {
            Owner = operation.Agent,
            Holder = operation.Worker,
            Token = operation.Token == 0 ? null : operation.Token,
            LastToken = Math.Max(state.LastToken, operation.Token),
            Until = Math.Min(operation.ValidUntil ?? long.MaxValue, Death(operation.Worker)),
        };
    }

    private static TaskState? Read(TaskState state, Operation operation)
    {
        if (!state.Exists || (operation.Status is { } status && status != state.Status))
            return null;
        // Of a task that has ended the one reader names who did it, the other that nobody has it.
        var hasEnded = state.Holder is null && state.Status != AgentTaskStatus.Todo;
        if (!IsOwner(state, operation.Owner) && !(hasEnded && operation.Owner is null))
            return null;
        return IsToken(state, operation.Token) ? Pinned(state, operation.Token) : null;
    }

    private static TaskState? Unchanged(TaskState state, Operation operation)
    {
        var isSo = operation.Kind switch
        {
            OperationKind.Read => !state.Exists,
            OperationKind.Assign => state.Exists && state.Owner is not null && IsOwner(state, operation.Agent),
            OperationKind.Unassign or OperationKind.GiveBack => state.Exists && state.Owner is null,
            OperationKind.Start => state.Status == AgentTaskStatus.InProgress && HasClaim(state, operation),
            _ => false,
        };
        return isSo ? state : null;
    }

    private static bool IsRefused(TaskState state, Operation operation) => operation.Refusal switch
    {
        RefusalCode.TaskAlreadyDefined => state.Exists && IsNamed(state, operation),
        RefusalCode.TaskNotFound => !state.Exists,
        RefusalCode.TaskAlreadyAssigned => state.Owner is not null && !IsOwner(state, operation.Agent) && IsNamed(state, operation),
        RefusalCode.NotOwner => state.Exists && !IsOwner(state, operation.Agent) && IsNamed(state, operation)
            && (state.Owner is not null || operation.Kind == OperationKind.Start),
        RefusalCode.LeaseLost => state.Exists && !(HasClaim(state, operation) && state.Token is not null) && IsNamed(state, operation),
        RefusalCode.StatusConflict => state.Exists && (operation.Token == 0 || HasClaim(state, operation))
            && state.Status != (operation.Kind == OperationKind.Complete ? AgentTaskStatus.InProgress : AgentTaskStatus.Todo),
        // It could have been done, alone.
        RefusalCode.BatchRefused =>
            state.Exists && (operation.Kind == OperationKind.Assign ? state.Owner is null : IsOwner(state, operation.Agent)),
        _ => true,
    };

    private static bool IsOwner(TaskState state, string? agent) => string.Equals(state.Owner, agent, StringComparison.Ordinal);

    private static bool IsNamed(TaskState state, Operation operation) => operation.Owner is null || IsOwner(state, operation.Owner);

    private static bool HasClaim(TaskState state, Operation operation) =>
        state.Holder is not null && IsOwner(state, operation.Agent) && (operation.Token == 0 || IsToken(state, operation.Token));

    // A token that nobody was told of may be any that is larger than those before.
    private static bool IsToken(TaskState state, long token) => state.Token is { } known ? known == token : token > state.LastToken;

    private static TaskState Pinned(TaskState state, long token) =>
        state.Token is null && token != 0 ? state with { Token = token, LastToken = token } : state;

    private long Death(string worker) => deaths.TryGetValue(worker, out var ticks) ? ticks : long.MaxValue;
}

using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Proof;

namespace TaskLocking.Tests.Proof;

/// <summary>Answers that a task in a known state can never give, one by one.</summary>
internal static class PlantedFault
{
    private static readonly Dictionary<string, Func<TaskState, Operation, Operation?>> Faults = new()
    {
        ["two owners at once"] = (state, operation) =>
            state.Owner is null || state.Holder is not null ? null : operation with { Kind = OperationKind.Assign, Agent = "z" },
        ["defined twice"] = (state, operation) => state.Exists ? operation with { Kind = OperationKind.Define } : null,
        ["stale read of an owner"] = (state, operation) => state is { Exists: true, Owner: not null, Status: AgentTaskStatus.Todo }
            ? operation with { Kind = OperationKind.Read, Status = state.Status } : null,
        ["stale read of a definition"] = (state, operation) =>
            state.Exists ? operation with { Kind = OperationKind.Read, Answer = OperationAnswer.Unchanged } : null,
        ["stale read of a token"] = (state, operation) => state.Holder is not null
            ? operation with { Kind = OperationKind.Read, Owner = state.Owner, Token = state.Token!.Value - 1 } : null,
        ["stale read of a status"] = (state, operation) => state.Status == AgentTaskStatus.Done
            ? operation with { Kind = OperationKind.Read, Owner = state.Owner, Status = AgentTaskStatus.InProgress } : null,
        ["an owner who never was"] = (state, operation) => state is { Exists: true, Holder: null }
            ? operation with
            {
                Kind = OperationKind.Assign,
                Agent = "y",
                Answer = OperationAnswer.Refused,
                Refusal = RefusalCode.TaskAlreadyAssigned,
                Owner = "z"
            } : null,
        ["refused for its own owner"] = (state, operation) => state.Owner is not null
            ? operation with
            {
                Kind = OperationKind.Assign,
                Agent = state.Owner,
                Answer = OperationAnswer.Refused,
                Refusal = RefusalCode.TaskAlreadyAssigned
            } : null,
        ["taken back from another"] = (state, operation) =>
            state.Owner is not null ? operation with { Kind = OperationKind.Unassign, Agent = "z" } : null,
        ["a stale token completes"] = (state, operation) => state is { Holder: not null, Status: AgentTaskStatus.InProgress }
            ? operation with { Kind = OperationKind.Complete, Agent = state.Owner, Token = Other(state.Token!.Value) } : null,
        ["a stale token starts"] = (state, operation) => state is { Holder: not null, Status: AgentTaskStatus.Todo }
            ? operation with { Kind = OperationKind.Start, Agent = state.Owner, Token = Other(state.Token!.Value) } : null,
        ["completed after loss"] = (state, operation) => state is { Holder: null, LastToken: > 0 }
            ? operation with { Kind = OperationKind.Complete, Agent = state.Owner ?? "a", Token = state.LastToken } : null,
        ["a token that does not grow"] = (state, operation) =>
            state is { Holder: null, Status: AgentTaskStatus.Todo, Owner: null, LastToken: > 0 }
            ? operation with { Kind = OperationKind.Claim, Agent = "z", Token = state.LastToken } : null,
        ["a living claimant is robbed"] = (state, operation) =>
            state.Holder is not null ? operation with { Kind = OperationKind.Claim, Agent = "z", Token = state.Token!.Value + 1000 } : null,
        ["lost, and yet it is his"] = (state, operation) => state.Holder is not null
            ? operation with
            {
                Kind = OperationKind.Complete,
                Agent = state.Owner,
                Token = state.Token!.Value,
                Answer = OperationAnswer.Refused,
                Refusal = RefusalCode.LeaseLost
            } : null,
    };

    public static IEnumerable<string> Names => Faults.Keys;

    /// <summary>The fault at the barrier of a history; null if no task is in a state for it.</summary>
    public static Operation? At(RandomHistory history, string name) => history.AtBarrier
        .Where(task => task.Key[0] == 'A' || !name.StartsWith("two", StringComparison.Ordinal))
        .Select(task => Faults[name](task.Value,
            new Operation("planted", 1, default, task.Key, history.BarrierTime + 10, history.BarrierTime + 20, OperationAnswer.Done)))
        .FirstOrDefault(operation => operation is not null);

    // 0 would be none.
    private static long Other(long token) => token == 1 ? 999 : token - 1;
}

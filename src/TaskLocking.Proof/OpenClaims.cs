using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>
/// Finds the tasks of claims that were killed before their answer: the history has the mark. One that no history has came to nothing and
/// is left out; had the store forgotten it, the answers that rest on it would have no explanation.
/// </summary>
internal static class OpenClaims
{
    public static IReadOnlyList<Operation> Place(IReadOnlyList<Operation> operations, IReadOnlyDictionary<string, FinalTask> tasks)
    {
        var given = tasks.Values
            .SelectMany(task => task.History.Select(entry => (task.Id, entry.By, Claim: MarkTrace.ClaimOf(entry))))
            .Where(found => found.Claim is not null)
            .ToLookup(found => found.By, StringComparer.Ordinal);
        return operations.SelectMany(operation => operation is { Kind: OperationKind.Claim, IsOpen: true, TaskId: "" }
            ? given[operation.Mark].Select(found => operation with { TaskId = found.Id, Token = found.Claim!.Value.Token })
            : [operation]).ToList();
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>
/// Finds tasks whose fencing tokens do not grow from claim to claim: in the history, and in the answers of claims that did not overlap.
/// </summary>
internal sealed class TokenAudit(IReadOnlyList<Operation> operations, IReadOnlyDictionary<string, FinalTask> tasks)
{
    public IReadOnlyList<Violation> Run() =>
        tasks.Values.OrderBy(task => task.Id, StringComparer.Ordinal).Select(InHistory).OfType<Violation>()
        .Concat(operations
            .Where(operation => operation is { Kind: OperationKind.Claim, Answer: OperationAnswer.Done })
            .GroupBy(operation => operation.TaskId, StringComparer.Ordinal)
            .Select(task => InAnswers(task.Key, task.OrderBy(claim => claim.Start).ToList()))
            .OfType<Violation>())
        .ToList();

    private static Violation? InHistory(FinalTask task)
    {
        var last = 0L;
        foreach (var token in task.History.Select(MarkTrace.ClaimOf).Where(claim => claim is not null).Select(claim => claim!.Value.Token))
        {
            if (token <= last)
                return new Violation(ViolationKind.TokenNotGrowing, task.Id,
                    $"The history of task {task.Id} has a claim with token {token} after one with token {last}.", []);
            last = token;
        }
        return null;
    }

    private static Violation? InAnswers(string id, List<Operation> claims)
    {
        for (var later = 1; later < claims.Count; later++)
        {
            // Of two that overlapped either may have been first, but no two have one token.
            var earlier = claims.Take(later).FirstOrDefault(claim =>
                claim.Token == claims[later].Token || (claim.End < claims[later].Start && claim.Token > claims[later].Token));
            if (earlier is not null)
            {
                return new Violation(ViolationKind.TokenNotGrowing, id,
                    $"Task {id} was claimed with token {claims[later].Token} after it had been with token {earlier.Token}.",
                        [earlier, claims[later]]);
            }
        }
        return null;
    }
}

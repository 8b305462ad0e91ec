using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>
/// Finds tasks whose answers no order of the operations explains. Each task is checked by itself: what holds for each holds for all
/// (Herlihy and Wing's locality). A claim that was killed before it was told its task may have got any task that is claimed;
/// with many of those, <see cref="OpenClaims"/> places them first, or the ways are too many.
/// </summary>
/// <param name="deaths">When the processes of workers ended; see <see cref="TaskModel"/>. Null for none.</param>
/// <param name="existing">The tasks that were defined, and free, before the first operation. Null for none.</param>
/// <param name="bound">How many comparisons of configurations are made for a task before it is given up.</param>
internal sealed class LinearizabilityChecker(IReadOnlyDictionary<string, long>? deaths = null, IEnumerable<string>? existing = null,
    int bound = 2_000_000)
{
    private readonly TaskModel _model = new(deaths ?? new Dictionary<string, long>(StringComparer.Ordinal));
    private readonly HashSet<string> _existing = new(existing ?? [], StringComparer.Ordinal);

    /// <returns>A violation for each task at fault, in the order of the ids; one that could not be decided is Unexpected.</returns>
    public IReadOnlyList<Violation> Check(IReadOnlyList<Operation> operations)
    {
        var unplaced = operations.Where(operation => operation is { Kind: OperationKind.Claim, IsOpen: true, TaskId: "" }).ToList();
        return operations.Where(operation => operation.TaskId.Length > 0)
            .GroupBy(operation => operation.TaskId, StringComparer.Ordinal)
            .OrderBy(task => task.Key, StringComparer.Ordinal)
            .Select(task => Check(task.Key, task.ToList(), unplaced))
            .OfType<Violation>()
            .ToList();
    }

    private Violation? Check(string id, List<Operation> operations, List<Operation> unplaced)
    {
        var history = operations.Select(HistoryItem.Of).ToList();
        var verdict = Search(id, history);
        // Most need none of the claims that came to nobody's ears, and every one doubles the ways.
        if (verdict.IsExplained == false && unplaced.Count > 0
            && !operations.Any(operation => operation.Kind is OperationKind.Assign or OperationKind.Unassign))
        {
            history.AddRange(unplaced.Select(claim => HistoryItem.Of(claim with { TaskId = id })));
            verdict = Search(id, history);
        }
        if (verdict.IsExplained == true)
            return null;
        if (verdict.Failed is not { } failed)
        {
            return new Violation(ViolationKind.Unexpected, id,
                $"Whether the answers about task {id} can be explained could not be decided: {operations.Count} operations, {bound} " +
                    "comparisons made.", []);
        }
        var excerpt = new ExcerptShrinker(weaker => Search(id, weaker).IsExplained == false).Shrink(history, failed);
        return new Violation(ViolationKind.NotLinearizable, id,
            $"No order of the operations on task {id} explains their answers; {Count(excerpt)} of {operations.Count} are enough to show " +
                "it.", excerpt);
    }

    private HistoryVerdict Search(string id, IEnumerable<HistoryItem> history) =>
        HistorySearch.Run(_model, _existing.Contains(id) ? TaskState.Free : TaskState.Absent, history, bound);

    private static string Count(IReadOnlyList<Operation> excerpt) =>
        excerpt.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>
/// Finds batches that are in the store in part, also those that were killed before their answer; and assignments that were answered so.
/// </summary>
internal sealed class BatchAudit(IReadOnlyList<Operation> operations, IReadOnlyDictionary<string, FinalTask> tasks)
{
    public IReadOnlyList<Violation> Run() => operations
        .Where(operation => operation.Kind is OperationKind.Define or OperationKind.Assign or OperationKind.Unassign)
        .GroupBy(operation => operation.Mark, StringComparer.Ordinal)
        .Select(batch => batch.ToList())
        .Where(batch => batch.Count > 1)
        .Select(Check)
        .OfType<Violation>()
        .ToList();

    private Violation? Check(List<Operation> batch)
    {
        var first = batch[0];
        if (first.Kind != OperationKind.Define && batch.Any(part => part.Answer == OperationAnswer.Done)
            && batch.Any(part => part.Answer == OperationAnswer.Refused))
            return Torn(batch, $"The batch {first.Mark} was answered in part with done, in part with a refusal.");
        var there = batch.Where(IsThere).ToList();
        var missing = batch.Where(part => !IsThere(part) && MustBeThere(part)).ToList();
        return there.Count == 0 || missing.Count == 0
            ? null
            : Torn(batch, $"The batch {first.Mark} was done in part: {there[0].TaskId} has its mark, {missing[0].TaskId} has not.");
    }

    private bool IsThere(Operation part) =>
        tasks.TryGetValue(part.TaskId, out var task) && task.History.Any(entry => entry.By == part.Mark && MarkTrace.IsOf(part, entry));

    // With an answer that is known. Without one a part may have been so already, or defined by another, when the batch was done.
    private bool MustBeThere(Operation part) => part.Answer == OperationAnswer.Done || (part.IsOpen && !WasSoAlready(part));

    private bool WasSoAlready(Operation part)
    {
        if (!tasks.TryGetValue(part.TaskId, out var task))
            return false;
        return part.Kind switch
        {
            OperationKind.Define => true,
            // Somebody else gave it to the same one.
            OperationKind.Assign => task.History.Any(entry => entry.By != part.Mark && MarkTrace.IsOf(part, entry)),
            // A task that nobody has is no change.
            _ => task.History.All(entry => entry.Field != "assignee")
                || task.History.Any(entry => entry is { Field: "assignee", NewValue: null } && entry.By != part.Mark),
        };
    }

    private static Violation Torn(List<Operation> batch, string text) =>
        new(ViolationKind.Torn, batch[0].TaskId, text, [.. batch.OrderBy(part => part.TaskId, StringComparer.Ordinal)]);
}

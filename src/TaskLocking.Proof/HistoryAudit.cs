using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>
/// Holds what the workers were told against what the store tells in the end. Every commit bears the mark of its operation, so each change
/// can be asked for by name: what was acknowledged is there once, what was refused is not there, a batch is there whole or not at all.
/// Batches of assignments are all or nothing; the definitions of one request stand each for itself, but are committed together.
/// </summary>
/// <param name="operations">All operations of all workers.</param>
/// <param name="tasks">All tasks of the store, by id.</param>
/// <param name="deaths">When the processes of workers ended; null for none.</param>
internal sealed class HistoryAudit(
    IReadOnlyList<Operation> operations, IReadOnlyDictionary<string, FinalTask> tasks, IReadOnlyDictionary<string, long>? deaths = null)
{
    private readonly Dictionary<string, List<(string TaskId, TaskHistoryEntry Entry)>> _marks = tasks.Values
        .SelectMany(task => task.History.Select(entry => (TaskId: task.Id, Entry: entry)))
        .GroupBy(found => found.Entry.By ?? "", StringComparer.Ordinal)
        .ToDictionary(marked => marked.Key, marked => marked.ToList(), StringComparer.Ordinal);

    public IReadOnlyList<Violation> Run()
    {
        var torn = new BatchAudit(operations, tasks).Run();
        var told = new HashSet<string>(torn.SelectMany(violation => violation.Excerpt).Select(operation => operation.Mark),
            StringComparer.Ordinal);
        return torn
            .Concat(operations.Where(operation => !told.Contains(operation.Mark)).SelectMany(Effects))
            .Concat(Definitions())
            .Concat(new TokenAudit(operations, tasks).Run())
            .Concat(new FinalAudit(operations, tasks, deaths).Run())
            .ToList();
    }

    private IEnumerable<Violation> Effects(Operation operation)
    {
        if (operation.Kind == OperationKind.Read)
            return [];
        var marked = _marks.TryGetValue(operation.Mark, out var found) ? found : [];
        return operation.Answer switch
        {
            OperationAnswer.Done => Done(operation, marked),
            OperationAnswer.Unchanged or OperationAnswer.Refused => NotDone(operation, marked),
            _ => Open(operation, marked),
        };
    }

    private static IEnumerable<Violation> Done(Operation operation, List<(string TaskId, TaskHistoryEntry Entry)> marked)
    {
        var times = marked.Count(found => found.TaskId == operation.TaskId && MarkTrace.IsOf(operation, found.Entry));
        if (times == 0)
            yield return Fault(ViolationKind.Lost, operation,
                $"{operation.Mark} was told that {Words(operation)} was done, but the task's history does not have it.");
        else if (times > 1)
            yield return Fault(ViolationKind.Doubled, operation,
                $"{operation.Mark} was told that {Words(operation)} was done, and the task's history has it {times} times.");
        if (operation.Kind == OperationKind.Claim
            && marked.FirstOrDefault(found => found.TaskId != operation.TaskId
                && MarkTrace.ClaimOf(found.Entry) is not null).TaskId is { } other)
            yield return Fault(ViolationKind.Doubled, operation,
                $"{operation.Mark} claimed one task, and {other} was claimed under its mark too.");
    }

    // Whoever asks for a task sets right what the dead left, also when nothing is free for him; but not when he is refused.
    private static IEnumerable<Violation> NotDone(Operation operation, List<(string TaskId, TaskHistoryEntry Entry)> marked)
    {
        var isRequest = operation.Kind == OperationKind.Claim;
        var mayHeal = isRequest && operation.Answer == OperationAnswer.Unchanged;
        var found = marked.FirstOrDefault(item => (isRequest || item.TaskId == operation.TaskId)
            && !(mayHeal && MarkTrace.ClaimOf(item.Entry) is null));
        if (found.Entry is { } entry)
        {
            yield return Fault(ViolationKind.RefusedButDone, operation with { TaskId = found.TaskId },
                $"{operation.Mark} was told that {Words(operation)} changed nothing, but the history has its change of {entry.Field} to " +
                    $"{entry.NewValue ?? "nothing"}.");
        }
    }

    private static IEnumerable<Violation> Open(Operation operation, List<(string TaskId, TaskHistoryEntry Entry)> marked)
    {
        var times = marked.Count(found => (found.TaskId == operation.TaskId || operation.Kind == OperationKind.Claim)
            && MarkTrace.IsOf(operation, found.Entry));
        if (times > 1)
            yield return Fault(ViolationKind.Doubled, operation,
                $"{operation.Mark} asked once that {Words(operation)} be done, and the history has it {times} times.");
    }

    private IEnumerable<Violation> Definitions() => operations
        .Where(operation => operation is { Kind: OperationKind.Define, Answer: OperationAnswer.Done })
        .GroupBy(operation => operation.TaskId, StringComparer.Ordinal)
        .Where(task => task.Count() > 1)
        .Select(task => new Violation(ViolationKind.Doubled, task.Key,
            $"Task {task.Key} was defined {task.Count()} times, and each time acknowledged.",
                [.. task.OrderBy(operation => operation.Start)]));

    private static Violation Fault(ViolationKind kind, Operation operation, string text) => new(kind, operation.TaskId, text, [operation]);

    private static string Words(Operation operation) =>
        $"{operation.Kind} of {(operation.TaskId.Length == 0 ? "a task" : operation.TaskId)}";
}

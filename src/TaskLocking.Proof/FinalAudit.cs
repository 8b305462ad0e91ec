using System;
using System.Collections.Generic;
using System.Linq;

namespace TaskLocking.Proof;

/// <summary>
/// Finds tasks that are not as the last acknowledged change left them. Looked at only where that change is certain: it overlapped no
/// other, no open operation can have come after it, and it left no claim that may have been taken away.
/// </summary>
internal sealed class FinalAudit(IReadOnlyList<Operation> operations, IReadOnlyDictionary<string, FinalTask> tasks,
    IReadOnlyDictionary<string, long>? deaths)
{
    private readonly bool _hasUnplaced = operations.Any(operation => operation is { Kind: OperationKind.Claim, IsOpen: true, TaskId: "" });

    public IReadOnlyList<Violation> Run() => operations
        .Where(operation => operation.TaskId.Length > 0 && operation.Kind != OperationKind.Read)
        .GroupBy(operation => operation.TaskId, StringComparer.Ordinal)
        .OrderBy(task => task.Key, StringComparer.Ordinal)
        .Select(task => Check(task.Key, task.ToList()))
        .OfType<Violation>()
        .ToList();

    private Violation? Check(string id, List<Operation> all)
    {
        var last =
            all.Where(operation => operation.Answer == OperationAnswer.Done).OrderByDescending(operation =>
                operation.Start).FirstOrDefault();
        if (last is null || all.Any(operation => operation.IsOpen)
            || all.Any(operation => operation != last && operation.Answer == OperationAnswer.Done && operation.End >= last.Start))
            return null;
        if (last.Kind is OperationKind.Claim or OperationKind.Start)
        {
            var isSafe = deaths?.ContainsKey(last.Worker) != true && all.All(operation => operation.ValidUntil is null);
            if (!isSafe)
                return null;
        }
        else if (_hasUnplaced && last.Kind is (OperationKind.GiveBack or OperationKind.Define))
        {
            return null;
        }
        return tasks.TryGetValue(id, out var task) && Fits(last, task)
            ? null
            : new Violation(ViolationKind.Lost, id, $"Task {id} is not as {last.Mark} left it: {Seen(task)}.", [last]);
    }

    private static bool Fits(Operation last, FinalTask task) => last.Kind switch
    {
        OperationKind.Define => task is { Status: AgentTaskStatus.Todo, Owner: null },
        OperationKind.Unassign or OperationKind.GiveBack => task.Owner is null && task.Token == 0,
        OperationKind.Assign => task.Owner == last.Agent,
        OperationKind.Claim => task.Owner == last.Agent && task.Token == last.Token && task.Status == AgentTaskStatus.Todo,
        OperationKind.Start => task.Owner == last.Agent && task.Status == AgentTaskStatus.InProgress,
        _ => task.Status == AgentTaskStatus.Done && task.Token == 0,
    };

    private static string Seen(FinalTask? task) =>
        task is null ? "it is not there" : $"it is {task.Status}, and {task.Owner ?? "nobody"} has it";
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;

namespace TaskLocking.Proof;

/// <summary>
/// Prints operations as a small table for a person: from when to when in milliseconds since the first, who, what, and what came of it.
/// </summary>
internal static class ExcerptText
{
    public static string Of(IReadOnlyList<Operation> operations)
    {
        if (operations.Count == 0)
            return "";
        var first = operations.Min(operation => operation.Start);
        var rows = operations.OrderBy(operation => operation.Start)
            .Select(operation => new[] { Time(operation.Start - first), operation.End is { } end ? Time(end - first) : "-", operation.Mark,
                Asked(operation), Told(operation) })
            .Prepend(["from ms", "to ms", "who", "what", "answer"])
            .ToList();
        var widths = Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length)).ToList();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => column < 2 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }
        return text.ToString();
    }

    private static string Time(long ticks) => (ticks * 1000.0 / Stopwatch.Frequency).ToString("0.000", CultureInfo.InvariantCulture);

    private static string Asked(Operation operation)
    {
        var task = operation.TaskId.Length == 0 ? "" : " " + operation.TaskId;
        var token = operation.Token != 0 && operation.Kind is not (OperationKind.Claim or OperationKind.Read) ? " " + Token(operation) : "";
        return operation.Kind switch
        {
            OperationKind.Assign => $"assign{task} to {operation.Agent}",
            OperationKind.Unassign => $"unassign{task} from {operation.Agent}",
            OperationKind.Claim => $"claim{task} for {operation.Agent}",
            OperationKind.Start or OperationKind.Complete => $"{Word(operation.Kind)}{task} as {operation.Agent}{token}",
            OperationKind.GiveBack => $"give back{task} as {operation.Agent}{token}",
            _ => Word(operation.Kind) + task,
        };
    }

    private static string Told(Operation operation) => operation.Answer switch
    {
        OperationAnswer.None => "none: it was killed",
        OperationAnswer.Uncertain => "uncertain",
        OperationAnswer.Refused => operation.Refusal + (operation.Owner is null ? "" : ", " + operation.Owner + " has it"),
        OperationAnswer.Unchanged => operation.Kind == OperationKind.Read ? "not there" : "unchanged",
        _ when operation.Kind == OperationKind.Claim => "done, " + Token(operation),
        _ when operation.Kind == OperationKind.Read => Seen(operation),
        _ => "done",
    };

    private static string Seen(Operation operation) =>
        string.Join(", ",
            new[] { operation.Status?.ToString(), operation.Owner ?? "nobody", operation.Token == 0 ? null
                : Token(operation) }.Where(word => word is not null));

    private static string Token(Operation operation) => "#" + operation.Token.ToString(CultureInfo.InvariantCulture);

    private static string Word(OperationKind kind) => kind.ToString().ToLowerInvariant();
}

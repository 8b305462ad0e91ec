using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using TaskLocking.Proof;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>What agents wrote down, held against what the board tells when all is over.</summary>
internal static class FleetHistory
{
    /// <summary>
    /// Some order explains all answers and the end, each task was done, and each claim that was told is in the history once.
    /// </summary>
    /// <param name="board">The board.</param>
    /// <param name="logs">The folder that has a log of each agent.</param>
    /// <param name="queue">The tasks that were claimed.</param>
    /// <param name="agents">How many logs there must be.</param>
    /// <param name="note">Told where it fails.</param>
    public static void Check(TaskBoard board, string logs, IReadOnlyList<string> queue, int agents, string note)
    {
        var paths = Directory.GetFiles(logs, "*.ops");
        Assert.True(paths.Length == agents, $"{note}: {paths.Length} logs");
        var operations = OperationLogReader.ReadAll(paths);
        var final = FinalTask.All(board);
        var all = queue.Concat(RecordedAgent.Fought).ToList();
        var reads = final.Values.Where(task => all.Contains(task.Id))
            .Select((task, at) => task.AsRead(at + 1, Stopwatch.GetTimestamp()));
        var found = new LinearizabilityChecker(existing: all).Check([.. operations, .. reads]);
        Assert.True(found.Count == 0, note + "\n" + string.Join("\n", found.Select(violation =>
            $"{violation.Kind} {violation.Subject}: {violation.Text}\n{ExcerptText.Of(violation.Excerpt)}")));

        Assert.All(queue, id => Assert.True(final[id].Status == AgentTaskStatus.Done, $"{note}: {id} is {final[id].Status}"));
        var done = operations.Where(operation => operation is { Kind: OperationKind.Complete, Answer: OperationAnswer.Done })
            .Select(operation => operation.TaskId).ToList();
        Assert.Equal(queue.Order(StringComparer.Ordinal), done.Order(StringComparer.Ordinal));
        foreach (var id in queue)
        {
            // "name #token", of which the last was completed.
            var told = operations.Where(operation => operation.Kind == OperationKind.Claim && operation.TaskId == id)
                .OrderBy(operation => operation.Token).Select(operation => $"{operation.Agent} #{operation.Token}");
            Assert.Equal(told, board.GetHistory(id).Where(entry => entry is { Field: "claim", NewValue: not null })
                .Select(entry => entry.NewValue!));
        }
        // A history without these would prove little.
        Assert.Superset(new[] { "Claim Done", "Claim Unchanged", "Start Done", "Complete Done", "Read Done" }.ToHashSet(),
            operations.Select(operation => $"{operation.Kind} {operation.Answer}").ToHashSet());
        Assert.True(operations.Where(operation => operation is { Kind: OperationKind.Claim, Answer: OperationAnswer.Done })
            .Select(operation => operation.Worker).Distinct().Count() > 1, $"{note}: one did it all");
    }
}

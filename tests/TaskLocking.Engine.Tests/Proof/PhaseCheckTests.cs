using System.Collections.Generic;
using System.IO;
using System.Linq;
using TaskLocking.Proof;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Proof;

public sealed class PhaseCheckTests
{
    [Theory]
    [InlineData(OperationKind.Define, "Unexpected|Lost")]
    [InlineData(OperationKind.Read, "Unexpected")]
    public void With_a_store_that_cannot_be_read_what_was_acknowledged_is_lost(OperationKind kind, string kinds)
    {
        using var place = new TempWorkspace();
        var store = new StressStore(place.Path);
        store.Begin();
        Directory.CreateDirectory(WorkerOrder.LogsOf(place.Path));
        using (var log = new OperationLog(Path.Combine(WorkerOrder.LogsOf(place.Path), "w1.log"), "w1"))
        {
            var number = log.Begin(kind, ["T-1"], null);
            using var board = place.Open();
            Assert.All(board.Define([new TaskDefinition("T-1")], new CommitOptions { By = log.Mark(number) }),
                outcome => Assert.Null(outcome.Refusal));
            log.End(number, OperationAnswer.Done);
        }
        foreach (var file in Directory.GetFiles(store.Paths.Folder, "state.*").Concat(Directory.GetFiles(store.Paths.Journals)))
            File.WriteAllText(file, "neither a document nor a journal\n");
        var report = new PhaseCheck(place.Path, store,
            new Dictionary<string, long>(System.StringComparer.Ordinal))
                .Run(new StressPhaseReport(StressPhase.Define, 1, default, default));
        Assert.Equal(kinds.Split('|'), report.Violations.Select(violation => violation.Kind.ToString()));
    }
}

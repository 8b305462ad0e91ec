using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Tests.Processes;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>
/// Random sequences of our verbs and of what happens to a document: stash, checkout, restored copies, tools, other encodings, writers in
/// place, failed flushes, kills. After each step every acknowledged task, claim and change is there, or was taken away by a verb or by a
/// document that carried our mark. TASKLOCKING_DOCUMENTS says how many sequences, TASKLOCKING_SEED which.
/// </summary>
public sealed class DocumentSequenceTests(ITestOutputHelper output)
{
    private const int Workers = 4; // They wait for writers most of the time.

    private static readonly int Count = Surroundings.Setting("TASKLOCKING_DOCUMENTS") ?? 2000;
    private static readonly int Seed = Surroundings.Setting("TASKLOCKING_SEED") ?? Environment.TickCount;

    [Fact]
    public void What_was_acknowledged_stays_whatever_is_done_to_the_document()
    {
        var each = Math.Max(Count / Workers, 1);
        output.WriteLine($"TASKLOCKING_SEED={Seed}, {each * Workers} sequences");
        var lines = Run("none", [.. Enumerable.Range(0, Workers).Select(number => unchecked(Seed + number * each))], each);
        Assert.All(lines, line => Assert.True(line[0] == "kept", Told(line)));
    }

    [Theory]
    [InlineData("remove-by-old-document")]
    [InlineData("go-on-after-failed-flush")]
    public void A_planted_bug_is_found(string bug)
    {
        output.WriteLine($"TASKLOCKING_SEED={Seed}");
        Assert.Equal("fault", Assert.Single(Run(bug, [Seed], 300))[0]);
    }

    private static List<string[]> Run(string bug, int[] seeds, int count)
    {
        using var place = new TempWorkspace(inMemory: true);
        var environment = new Dictionary<string, string> { ["TASKLOCKING_PLANTED_BUG"] = bug };
        var workers = seeds.Select(seed => Worker.Start(environment, "documents", place.Path, $"{seed}", $"{count}")).ToList();
        try
        {
            return workers.ConvertAll(worker => Assert.Single(worker.Lines()));
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private static string Told(string[] line) =>
        line.Length < 4 ? string.Join(' ', line) : $"TASKLOCKING_SEED={line[1]} TASKLOCKING_DOCUMENTS=1: {line[2]}: {line[3]}";
}

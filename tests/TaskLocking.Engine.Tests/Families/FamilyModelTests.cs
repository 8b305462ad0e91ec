using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Tests.Contract;
using Xunit;

namespace TaskLocking.Tests.Families;

/// <summary>
/// Random verbs over random forests, on a board and on a model; after each both tell the same of every task. Again with
/// TASKLOCKING_SEED, more of them with TASKLOCKING_RUNS.
/// </summary>
public sealed class FamilyModelTests
{
    private const int Acts = 80;

    private static readonly AgentTaskStatus[] Statuses =
        [AgentTaskStatus.Todo, AgentTaskStatus.InProgress, AgentTaskStatus.Done, AgentTaskStatus.Done, AgentTaskStatus.Done,
            AgentTaskStatus.Cancelled, AgentTaskStatus.Failed];

    [Fact]
    public void What_becomes_of_a_forest_is_what_the_model_says()
    {
        var only = Surroundings.Setting("TASKLOCKING_SEED");
        var first = only ?? Random.Shared.Next();
        for (var run = 0; run < (only is null ? Surroundings.Setting("TASKLOCKING_RUNS") ?? 60 : 1); run++)
        {
            var seed = unchecked(first + run);
            if (Difference(seed, new FamilyModel()) is { } difference)
                Assert.Fail($"TASKLOCKING_SEED={seed}: {difference}");
        }
    }

    [Theory]
    [InlineData("one level")]
    [InlineData("cancelled is done")]
    [InlineData("out of hands")]
    [InlineData("no reopening")]
    public void A_fault_in_one_of_both_is_found(string fault) =>
        Assert.Contains(Enumerable.Range(1, 40), seed => Difference(seed, new FamilyModel(fault)) is not null);

    // Null, or what differs first and what led there.
    private static string? Difference(int seed, FamilyModel model)
    {
        var random = new Random(seed);
        using var place = new MemoryPlace();
        using var board = place.OpenBoard();
        var told = new List<string>();
        for (var act = 0; act < Acts; act++)
        {
            var (what, expected, found) = Act(random, model, board);
            told.Add(what);
            if (expected != found)
                return $"{string.Join("; ", told)}: {expected?.ToString() ?? "done"} expected, {found?.ToString() ?? "done"} found";
            if (model.Show() != FamilyModel.Show(board))
                return $"{string.Join("; ", told)}:\n{model.Show()}\nexpected, and found\n{FamilyModel.Show(board)}";
            if (board.CheckGraph() is { Cycles.Count: > 0 } or { ParentMissing.Count: > 0 })
                return $"{string.Join("; ", told)}: the graph is not in order";
        }
        return null;
    }

    private static (string What, RefusalCode? Expected, RefusalCode? Found) Act(Random random, FamilyModel model, TaskBoard board)
    {
        var known = model.Ids.ToList();
        var act = random.Next(10);
        var id = act < 3 || random.Next(10) == 0 ? "T" + random.Next(14) : Known("T0");
        var other = random.Next(5) == 0 ? null : Known("none");
        switch (act)
        {
            case < 3:
                return ($"define {id} below {other}", model.Define(id, other),
                    Of(board.Define([new TaskDefinition(id) { Parent = other }])));
            case < 8:
                var status = Statuses[random.Next(Statuses.Length)];
                return ($"set {id} {status}", model.Set(id, status), Of(board.Edit([new TaskEdit(id) { Status = status }])));
            case 8:
                return ($"move {id} below {other}", model.Move(id, other), Of(board.Edit([new TaskEdit(id) { Parent = other ?? "" }])));
            default:
                var force = random.Next(2) == 0;
                return ($"remove {id}{(force ? " by force" : "")}", model.Remove(id, force),
                    Of(board.Remove([new TaskRemoval(id, force)])));
        }

        string Known(string none) => known.Count == 0 ? none : known[random.Next(known.Count)];
    }

    private static RefusalCode? Of(IReadOnlyList<TaskOutcome> outcomes) => Assert.Single(outcomes).Refusal?.Code;
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using TaskLocking.Proof;
using Xunit;

namespace TaskLocking.Tests.Proof;

/// <summary>A failure prints the seed of the history; <c>TASKLOCKING_RUNS</c> sets how many are tried.</summary>
public sealed class LinearizabilityTests
{
    public static TheoryData<string> Faults => [.. PlantedFault.Names];

    private static readonly string[] Telling =
    [
        "Assign Done", "Assign None", "Assign Refused BatchRefused", "Assign Refused TaskAlreadyAssigned", "Assign Refused TaskNotFound",
            "Assign Unchanged",
        "Claim Done", "Claim None", "Claim Refused TaskNotReady", "Complete Done", "Complete None", "Complete Refused LeaseLost",
            "Complete Refused StatusConflict",
        "Define Done", "Define None", "Define Refused TaskAlreadyDefined", "GiveBack Done", "GiveBack Refused NotOwner",
            "GiveBack Unchanged", "Read Done",
        "Read Unchanged", "Start Done", "Start None", "Start Refused LeaseLost", "Start Unchanged", "Unassign Done",
            "Unassign Refused NotOwner", "Unassign Unchanged",
        "ends Done", "ends Failed", "ends InProgress", "ends Todo",
    ];

    [Fact]
    public void What_happened_one_after_the_other_is_explained_however_it_overlapped()
    {
        var seen = new HashSet<string>();
        ForSeeds(300, seed =>
        {
            var history = new RandomHistory(seed, width: seed % 20);
            seen.UnionWith(history.Operations.Select(operation => $"{operation.Kind} {operation.Answer} {operation.Refusal}".Trim()));
            seen.UnionWith(history.Final().Values.Select(task => "ends " + task.Status));
            var found = new LinearizabilityChecker(history.Deaths).Check([.. history.Operations, .. history.FinalReads()]);
            return found.Count == 0 ? null : Tell(found);
        });
        // Histories that never came to these would prove little.
        Assert.Superset(Telling.ToHashSet(), seen);
    }

    [Fact]
    public void Claims_that_the_history_places_are_explained_too() => ForSeeds(150, seed =>
    {
        var history = new RandomHistory(seed, width: seed % 20);
        var placed = OpenClaims.Place(history.Operations, history.Final());
        var found = new LinearizabilityChecker(history.Deaths).Check([.. placed, .. history.FinalReads()]);
        return found.Count == 0 && placed.All(operation => operation.TaskId.Length > 0) ? null : Tell(found);
    });

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_found_and_the_excerpt_has_it_and_nothing_too_much(string fault)
    {
        var planted = 0;
        ForSeeds(100, seed =>
        {
            var history = new RandomHistory(seed, kills: false, barrier: 75);
            if (PlantedFault.At(history, fault) is not { } wrong)
                return null;
            planted++;
            List<Operation> operations = [.. history.Operations, wrong];
            if (new LinearizabilityChecker().Check(operations) is not [{ Kind: ViolationKind.NotLinearizable } violation])
                return "not found: " + wrong;
            if (violation.Subject != wrong.TaskId || !violation.Excerpt.Contains(wrong))
                return "without the fault: " + Tell([violation]);
            var onTask = operations.Where(operation => operation.TaskId == wrong.TaskId).ToList();
            var isMinimal = !IsExplained(onTask, violation.Excerpt)
                && violation.Excerpt.All(one => IsExplained(onTask, violation.Excerpt.Where(other => other != one)));
            return isMinimal ? null : "not minimal: " + Tell([violation]);
        });
        Assert.True(planted > 3, planted.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_thousand_operations_with_twenty_at_a_time_are_decided_within_the_bound()
    {
        var history = new RandomHistory(7, kills: false, steps: 1000, width: 10, tasks: ["A1"]);
        var verdict = HistorySearch.Run(new TaskModel(history.Deaths), TaskState.Absent, history.Operations.Select(HistoryItem.Of),
            2_000_000);
        Assert.True(verdict.IsExplained);
    }

    [Fact]
    public void What_the_bound_cuts_off_is_told_as_undecided()
    {
        var history = new RandomHistory(7, kills: false, steps: 200, width: 20, tasks: ["A1"]);
        var violation = Assert.Single(new LinearizabilityChecker(bound: 10).Check(history.Operations));
        Assert.Equal((ViolationKind.Unexpected, "A1"), (violation.Kind, violation.Subject));
        Assert.Empty(violation.Excerpt);
    }

    // All others may have taken effect or not: the definition of what an excerpt is, not how it was found.
    private static bool IsExplained(List<Operation> operations, IEnumerable<Operation> kept)
    {
        var strict = kept.ToHashSet();
        var history = operations.Select(operation => new HistoryItem(operation, strict.Contains(operation)));
        return HistorySearch.Run(new TaskModel(new Dictionary<string, long>()), TaskState.Absent, history, 500_000).IsExplained == true;
    }

    internal static string Tell(IEnumerable<Violation> violations) =>
        string.Join("\n",
            violations.Select(violation => $"{violation.Kind} {violation.Subject}: {violation.Text}\n{ExcerptText.Of(violation.Excerpt)}"));

    internal static void ForSeeds(int runs, Func<int, string?> fault)
    {
        var times = int.Parse(Environment.GetEnvironmentVariable("TASKLOCKING_RUNS") ?? runs.ToString(CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed => fault(seed) is not { } text ? true.ToProperty()
            : false.Label($"seed {seed}: {text}"))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(times));
    }
}

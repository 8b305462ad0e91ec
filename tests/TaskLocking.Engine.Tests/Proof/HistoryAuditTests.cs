using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using TaskLocking.Proof;
using Xunit;

namespace TaskLocking.Tests.Proof;

/// <summary>The store tells all of a history that is right; then one entry of it, or one answer, is made wrong.</summary>
public sealed class HistoryAuditTests
{
    private static readonly OperationKind[] Verbs = [OperationKind.Define, OperationKind.Assign, OperationKind.Unassign,
        OperationKind.Claim, OperationKind.Start, OperationKind.Complete, OperationKind.GiveBack];

    public static TheoryData<OperationKind> Kinds => [.. Verbs];

    [Fact]
    public void What_the_store_tells_agrees_with_the_answers() => LinearizabilityTests.ForSeeds(300, seed =>
    {
        var history = new RandomHistory(seed, width: seed % 20);
        var operations = OpenClaims.Place(history.Operations, history.Final());
        List<Violation> found = [.. new HistoryAudit(operations, history.Final(), history.Deaths).Run(),
            .. new HistoryAudit(history.Operations, history.Final(), history.Deaths).Run()];
        return found.Count == 0 ? null : LinearizabilityTests.Tell(found);
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_change_that_was_acknowledged_and_is_missing_is_lost(OperationKind kind) =>
        Planted(kind, operation => operation.Answer == OperationAnswer.Done, ViolationKind.Lost,
            (operation, entries) => entries.RemoveAll(entry => entry.By == operation.Mark));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_change_that_is_there_twice_is_doubled(OperationKind kind) =>
        Planted(kind, operation => operation.Answer == OperationAnswer.Done, ViolationKind.Doubled,
            (operation, entries) => entries.AddRange(entries.Where(entry => entry.By == operation.Mark).ToList()));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_change_that_was_refused_and_is_there_is_found(OperationKind kind) =>
        Planted(kind, operation => operation.Answer == OperationAnswer.Refused, ViolationKind.RefusedButDone, (operation, entries) =>
            entries.Add(new TaskHistoryEntry(operation.TaskId, "assignee", null, "agent:a", DateTimeOffset.UnixEpoch, operation.Mark)));

    [Fact]
    public void A_token_that_does_not_grow_is_found() =>
        Planted(OperationKind.Claim, operation => operation.Answer == OperationAnswer.Done, ViolationKind.TokenNotGrowing,
            (operation, entries) =>
        entries.Add(new TaskHistoryEntry(operation.TaskId, "claim", null, $"z #{operation.Token}", DateTimeOffset.UnixEpoch, "other#1")));

    [Fact]
    public void A_batch_of_which_a_part_is_missing_is_torn() => PlantedInBatch(OperationAnswer.Done);

    [Fact]
    public void A_batch_that_was_killed_is_torn_too_if_a_part_is_missing() => PlantedInBatch(OperationAnswer.None);

    [Fact]
    public void An_assignment_of_several_that_is_answered_in_part_is_torn()
    {
        var done = new Operation("w", 1, OperationKind.Assign, "A1", 10, 20, OperationAnswer.Done) { Agent = "a" };
        var refused = done with { TaskId = "A2", Answer = OperationAnswer.Refused, Refusal = RefusalCode.TaskAlreadyAssigned };
        var task = new FinalTask("A1", AgentTaskStatus.Todo, "a", 0,
            [new TaskHistoryEntry("A1", "assignee", null, "agent:a", null, "w#1")]);
        var torn = Assert.Single(new HistoryAudit([done, refused], new Dictionary<string, FinalTask> { ["A1"] = task }).Run());
        Assert.Equal(ViolationKind.Torn, torn.Kind);
        Assert.Equal([done, refused], torn.Excerpt);
    }

    [Fact]
    public void A_definition_that_is_acknowledged_twice_is_doubled()
    {
        var first = new Operation("w", 1, OperationKind.Define, "A1", 10, 20, OperationAnswer.Done);
        var second = first with { Worker = "v", Start = 15, End = 25 };
        var task = new FinalTask("A1", AgentTaskStatus.Todo, null, 0,
            [.. new[] { first, second }.Select(one => new TaskHistoryEntry("A1", "status", null, "Todo", null, one.Mark))]);
        var doubled = Assert.Single(new HistoryAudit([second, first], new Dictionary<string, FinalTask> { ["A1"] = task }).Run());
        Assert.Equal(ViolationKind.Doubled, doubled.Kind);
        Assert.Equal([first, second], doubled.Excerpt);
    }

    [Fact]
    public void One_request_that_claims_two_tasks_is_found()
    {
        var claim = new Operation("w", 1, OperationKind.Claim, "C1", 10, 20, OperationAnswer.Done) { Agent = "a", Token = 5 };
        var tasks = new[] { "C1", "C2" }.ToDictionary(id => id,
            id => new FinalTask(id, AgentTaskStatus.Todo, "a", 5, [new TaskHistoryEntry(id, "claim", null, "a #5", null, "w#1")]));
        Assert.Contains(new HistoryAudit([claim], tasks).Run(), violation => violation is { Kind: ViolationKind.Doubled, Subject: "C1" });
    }

    [Fact]
    public void A_task_that_is_not_as_its_last_change_left_it_is_lost()
    {
        var changed = 0;
        LinearizabilityTests.ForSeeds(100, seed =>
        {
            var history = new RandomHistory(seed, kills: false, width: 0);
            var final = history.Final();
            var id = history.Tasks[seed % 4];
            if (!final.TryGetValue(id, out var task)
                || history.Operations.Last(operation => operation.TaskId == id && operation.Answer == OperationAnswer.Done
                    && operation.Kind != OperationKind.Read).Kind == OperationKind.Complete)
                return null;
            changed++;
            final[id] = task with { Owner = task.Owner is null ? "z" : null };
            return new HistoryAudit(history.Operations, final).Run()
                .Any(violation => violation.Kind == ViolationKind.Lost && violation.Subject == id) ? null : "not found";
        });
        Assert.True(changed > 20, changed.ToString(CultureInfo.InvariantCulture));
    }

    private static void Planted(OperationKind kind, Func<Operation, bool> isMeant, ViolationKind expected,
        Action<Operation, List<TaskHistoryEntry>> plant)
    {
        var planted = 0;
        LinearizabilityTests.ForSeeds(150, seed =>
        {
            var history = new RandomHistory(seed);
            var single = history.Operations.GroupBy(operation => operation.Mark).Where(marked => marked.Count() == 1)
                .Select(marked => marked.Single());
            if (single.LastOrDefault(operation => operation.Kind == kind && isMeant(operation) && operation.TaskId.Length > 0
                && history.Final().ContainsKey(operation.TaskId)) is not { } wrong)
                return null;
            planted++;
            var final = history.Final();
            List<TaskHistoryEntry> entries = [.. final[wrong.TaskId].History];
            plant(wrong, entries);
            final[wrong.TaskId] = final[wrong.TaskId] with { History = entries };
            return new HistoryAudit(history.Operations, final, history.Deaths).Run()
                .Any(violation => violation.Kind == expected && violation.Subject == wrong.TaskId) ? null : "not found: " + wrong;
        });
        Assert.True(planted > 3, planted.ToString(CultureInfo.InvariantCulture));
    }

    private static void PlantedInBatch(OperationAnswer answer)
    {
        var planted = 0;
        LinearizabilityTests.ForSeeds(4000, seed =>
        {
            var history = new RandomHistory(seed, steps: 30, tasks: ["A1", "A2"]);
            var final = history.Final();
            bool IsThere(Operation part) =>
                final.TryGetValue(part.TaskId, out var task) && task.History.Any(entry => entry.By == part.Mark);
            // Where the same agent got the task from another batch too, it may have had it already.
            bool IsSole(Operation part) =>
                final[part.TaskId].History.Count(entry => entry.Field == "assignee" && entry.NewValue == "agent:" + part.Agent) == 1;
            var batch = history.Operations.Where(operation => operation.Kind == OperationKind.Assign && operation.Answer == answer)
                .GroupBy(operation => operation.Mark)
                .FirstOrDefault(parts => parts.Count() > 1 && parts.All(IsThere) && (answer == OperationAnswer.Done || parts.All(IsSole)));
            if (batch is null)
                return null;
            planted++;
            var missing = batch.Last().TaskId;
            final[missing] = final[missing] with { History = [.. final[missing].History.Where(entry => entry.By != batch.Key)] };
            return new HistoryAudit(history.Operations, final, history.Deaths).Run()
                .Any(violation => violation.Kind == ViolationKind.Torn && violation.Excerpt.All(part => part.Mark == batch.Key)) ? null
                    : "not found: " + batch.Key;
        });
        Assert.True(planted > 3, planted.ToString(CultureInfo.InvariantCulture));
    }
}

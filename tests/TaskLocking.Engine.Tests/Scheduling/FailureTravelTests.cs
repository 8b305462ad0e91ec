using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using TaskLocking.Model;
using TaskLocking.Rules;
using TaskLocking.Tests.Leases;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Scheduling;

public sealed class FailureTravelTests
{
    private static readonly string[] Ids = ["T1", "T2", "T3", "T4", "T5", "T6", "T7"];

    private static readonly AgentTaskStatus[] Statuses =
        [AgentTaskStatus.Todo, AgentTaskStatus.Todo, AgentTaskStatus.Failed, AgentTaskStatus.Done, AgentTaskStatus.InProgress,
            AgentTaskStatus.Blocked];

    /// <summary>Edits of status and dependencies, defines and removals; foreign circles among them.</summary>
    [Fact]
    public void After_any_change_exactly_what_a_failure_reaches_is_blocked_with_its_true_cause() =>
        Prop.ForAll(Arb.Array(Arb.From(Acts())), Holds).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(25));

    [Fact]
    public void A_failure_blocks_the_chain_behind_it_and_its_end_frees_the_chain()
    {
        var draft = Scene.Draft(Scene.Task("A"), Scene.Task("B", "A"), Scene.Task("C", "B"));
        Edit(draft, "A", AgentTaskStatus.Failed);
        Assert.Equal((AgentTaskStatus.Blocked, new TaskBlock("A", "A")), Told(draft, "B"));
        Assert.Equal((AgentTaskStatus.Blocked, new TaskBlock("B", "A")), Told(draft, "C"));
        Edit(draft, "A", AgentTaskStatus.Todo);
        Assert.Equal((AgentTaskStatus.Todo, null), Told(draft, "B"));
        Assert.Equal((AgentTaskStatus.Todo, null), Told(draft, "C"));
    }

    [Fact]
    public void Of_two_failures_the_one_that_stays_keeps_the_task_blocked()
    {
        var draft = Scene.Draft(Scene.Task("A"), Scene.Task("B"), Scene.Task("C", "A", "B"), Scene.Task("D", "C"));
        Edit(draft, "A", AgentTaskStatus.Failed);
        Edit(draft, "B", AgentTaskStatus.Failed);
        Edit(draft, "A", AgentTaskStatus.Todo);
        Assert.Equal((AgentTaskStatus.Blocked, new TaskBlock("B", "B")), Told(draft, "C"));
        Assert.Equal((AgentTaskStatus.Blocked, new TaskBlock("C", "B")), Told(draft, "D"));
    }

    [Fact]
    public void A_blocked_task_that_fails_itself_is_the_cause_from_then_on()
    {
        var draft = Scene.Draft(Scene.Task("A"), Scene.Task("B", "A"), Scene.Task("C", "B"));
        Edit(draft, "A", AgentTaskStatus.Failed);
        Edit(draft, "B", AgentTaskStatus.Failed);
        Assert.Equal((AgentTaskStatus.Blocked, new TaskBlock("B", "B")), Told(draft, "C"));
    }

    [Theory]
    [InlineData(AgentTaskStatus.InProgress)]
    [InlineData(AgentTaskStatus.Review)]
    [InlineData(AgentTaskStatus.Done)]
    [InlineData(AgentTaskStatus.Cancelled)]
    [InlineData(AgentTaskStatus.Blocked)]
    public void It_stops_at_what_has_begun_or_ended_or_was_blocked_by_hand(AgentTaskStatus status)
    {
        var draft = Scene.Draft(Scene.Task("A"),
            Scene.Task("B", "A").Having(facts => facts with { Status = status, StatusText = status.ToString() }), Scene.Task("C", "B"));
        Edit(draft, "A", AgentTaskStatus.Failed);
        Assert.Equal((status, null), Told(draft, "B"));
        Assert.Equal((AgentTaskStatus.Todo, null), Told(draft, "C"));
    }

    [Fact]
    public void A_task_that_is_defined_behind_a_failure_is_blocked_from_the_start_and_so_is_what_waited_for_it()
    {
        var draft = Scene.Draft(Scene.Task("A").Having(facts => facts with { Status = AgentTaskStatus.Failed, StatusText = "Failed" }),
            Scene.Task("C", "B"));
        var outcome = Assert.Single(new DefineRule([new TaskDefinition("B") { Dependencies = ["A"] }]).Decide(draft));
        Assert.Equal((AgentTaskStatus.Blocked, new TaskBlock("A", "A")), (outcome.Task!.Status, outcome.Task.BlockedBy));
        Assert.Equal((AgentTaskStatus.Blocked, new TaskBlock("B", "A")), Told(draft, "C"));
    }

    [Fact]
    public void A_failed_task_that_is_removed_holds_nobody_back()
    {
        var draft = Scene.Draft(Scene.Task("A"), Scene.Task("B", "A"));
        Edit(draft, "A", AgentTaskStatus.Failed);
        new RemoveRule([new TaskRemoval("A", Force: true)]).Decide(draft);
        Assert.Equal((AgentTaskStatus.Todo, null), Told(draft, "B"));
    }

    [Fact]
    public void A_claim_that_was_not_begun_ends_with_its_files()
    {
        var claim = new TaskClaim(3, "a", Scene.Now, Scene.Now.AddHours(1), TimeSpan.FromHours(1));
        var state = new MemoryState(
            Scene.Task("A"),
            Scene.Task("B",
                "A").OwnedBy("a").Having(facts => facts with { Execution = new TaskExecution { Claim = claim, Files = ["x"] } }),
            Scene.Task("H", "A").OwnedBy("anna", "human"));
        state.Leased.Add(FileScene.Lease("x", "a", task: "B"));
        var draft = Scene.Draft(state);
        Edit(draft, "A", AgentTaskStatus.Failed);
        var task = draft.Find("B")!;
        Assert.Equal((AgentTaskStatus.Blocked, null, null), (task.Status, task.Claim, task.Assignee));
        Assert.Empty(draft.FileLeases);
        Assert.Equal("human:anna", draft.Find("H")!.Assignee!.ToString());
    }

    [Fact]
    public void Ten_thousand_tasks_in_a_row_are_blocked_and_freed()
    {
        const int depth = 10_000;
        var draft = Scene.Draft(Enumerable.Range(0, depth).Select(i => Scene.Task("T" + i, i == 0 ? [] : ["T" + (i - 1)])).ToArray());
        Edit(draft, "T0", AgentTaskStatus.Failed);
        Assert.Equal(new TaskBlock("T9998", "T0"), draft.Find("T9999")!.BlockedBy);
        Edit(draft, "T0", AgentTaskStatus.Todo);
        Assert.All(draft.Tasks, task => Assert.Equal(AgentTaskStatus.Todo, task.Status));
    }

    [Fact]
    public void What_no_failure_touches_is_changed_without_a_look_at_the_rest()
    {
        var state = new MemoryState(Enumerable.Range(0, 1_000).Select(i => Scene.Task("T" + i, "T0")).ToArray());
        Edit(Scene.Draft(state), "T0", AgentTaskStatus.Done);
        Assert.Equal(0, state.Enumerations);
    }

    private static (AgentTaskStatus, TaskBlock?) Told(TaskDraft draft, string id) => (draft.Find(id)!.Status, draft.Find(id)!.BlockedBy);

    private static void Edit(TaskDraft draft, string id, AgentTaskStatus status) =>
        Assert.Null(new EditRule([new TaskEdit(id) { Status = status }]).Decide(draft)[0].Refusal);

    private static Gen<(string Verb, string Id, string[] Dependencies, AgentTaskStatus Status)> Acts() =>
        from verb in Gen.Elements("define", "status", "status", "add", "take", "remove", "foreign")
        from id in Gen.Elements(Ids)
        from dependencies in Gen.ArrayOf(Gen.Elements(Ids))
        from most in Gen.Choose(1, 3)
        from status in Gen.Elements(Statuses)
        select (verb, id, dependencies.Distinct().Take(most).ToArray(), status);

    private static Property Holds((string Verb, string Id, string[] Dependencies, AgentTaskStatus Status)[] acts)
    {
        // A circle that nobody could have made here, and a failure before it.
        var draft = Scene.Draft(Scene.Task("T5", "T6"), Scene.Task("T6", "T5", "T4"), Scene.Task("T7", "T5"));
        foreach (var (verb, id, dependencies, status) in acts)
        {
            Run(draft, verb, id, dependencies, status);
            if (Wrong(draft) is { } wrong)
                return false.Label($"{verb} {id} [{string.Join(",", dependencies)}] {status}: {wrong}");
        }
        return true.Label("");
    }

    private static void Run(TaskDraft draft, string verb, string id, string[] dependencies, AgentTaskStatus status)
    {
        switch (verb)
        {
            case "define":
                new DefineRule([new TaskDefinition(id) { Dependencies = dependencies }]).Decide(draft);
                break;
            case "status":
                new EditRule([new TaskEdit(id) { Status = status }]).Decide(draft);
                break;
            case "add" or "take":
                new DependencyRule([new DependencyEdit(id, dependencies)], verb == "take").Decide(draft);
                break;
            case "remove":
                new RemoveRule([new TaskRemoval(id, Force: true)]).Decide(draft);
                break;
            case "foreign" when draft.Find(id) is { } task:
                // Somebody else's tool, and the nightly run after it.
                draft.Change(task).SetStatus(status).Set("dependencies", task.Dependencies, dependencies).Apply();
                FailureTravel.Settle(draft, draft.Tasks.Select(any => any.Id).ToList());
                break;
        }
    }

    private static string? Wrong(TaskDraft draft)
    {
        var tasks = draft.Tasks.ToDictionary(task => task.Id);
        bool CanBeBlocked(AgentTask task) =>
            task.Status == AgentTaskStatus.Todo || task is { Status: AgentTaskStatus.Blocked, BlockedBy: not null };
        var causes = tasks.Values.Where(task => task.Status == AgentTaskStatus.Failed).Select(task => task.Id).ToHashSet();
        while (tasks.Values.FirstOrDefault(task => !causes.Contains(task.Id) && CanBeBlocked(task)
            && task.Dependencies.Any(causes.Contains)) is { } reached)
            causes.Add(reached.Id);
        foreach (var task in tasks.Values)
        {
            if (!CanBeBlocked(task))
            {
                if (task.BlockedBy is not null)
                    return $"{task.Id} is {task.Status} and has a cause";
                continue;
            }
            if (causes.Contains(task.Id) != (task.Status == AgentTaskStatus.Blocked)
                || causes.Contains(task.Id) != (task.BlockedBy is not null))
                return $"{task.Id} is {task.Status}, cause {task.BlockedBy}";
            if (task.BlockedBy is not null && !IsTrue(task, tasks))
                return $"{task.Id} is not blocked by {task.BlockedBy}";
        }
        return null;
    }

    private static bool IsTrue(AgentTask task, Dictionary<string, AgentTask> tasks)
    {
        var root = task.BlockedBy!.Root;
        for (var steps = 0; steps <= tasks.Count; steps++)
        {
            if (task.BlockedBy is not { } block || block.Root != root || !task.Dependencies.Contains(block.Nearest)
                || !tasks.TryGetValue(block.Nearest, out var nearest))
                return false;
            if (nearest.Status == AgentTaskStatus.Failed)
                return nearest.Id == root;
            task = nearest;
        }
        return false;
    }
}

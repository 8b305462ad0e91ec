using System;
using System.Linq;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Several changes are one: all or none, and never seen half.</summary>
public abstract class BatchContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    [Fact]
    public void A_batch_with_one_conflict_changes_nothing()
    {
        Define("A", "B", "C");
        One.Assign(new AssignmentRequest(["B"], "agent", "x"));
        var before = Two.GetTasks().Select(task => task.ToJson()).ToList();

        var result = Two.Assign(new AssignmentRequest(["A", "B", "C"], "agent", "y"));
        Assert.False(result.Success);
        Assert.Empty(result.Assigned);
        Assert.Equal(RefusalCode.TaskAlreadyAssigned, result.Failed.Single(outcome => outcome.Id == "B").Refusal!.Code);
        Assert.All(result.Failed.Where(outcome => outcome.Id != "B"),
            outcome => Assert.Equal(RefusalCode.BatchRefused, outcome.Refusal!.Code));
        Assert.Equal(before, One.GetTasks().Select(task => task.ToJson()));
    }

    [Fact]
    public void Skipping_conflicts_takes_what_is_free_and_reports_the_rest()
    {
        Define("A", "B", "C");
        One.Assign(new AssignmentRequest(["B"], "agent", "x"));
        var result = Two.Assign(new AssignmentRequest(["A", "B", "C", "missing"], "agent", "y") { SkipConflict = true });
        Assert.True(result.Success);
        Assert.Equal(["A", "C"], result.Assigned.Select(outcome => outcome.Id));
        Assert.Equal(
            [("B", RefusalCode.TaskAlreadyAssigned), ("missing", RefusalCode.TaskNotFound)],
            result.Failed.Select(outcome => (outcome.Id, outcome.Refusal!.Code)));
        Assert.Equal(["agent:y", "agent:x", "agent:y"], One.GetTasks().Select(task => task.Assignee!.ToString()));
    }

    [Fact]
    public void A_batch_is_one_commit()
    {
        Define("A", "B");
        var commits = 0;
        var options = new CommitOptions { OnCommitted = _ => commits++ };
        One.Assign(new AssignmentRequest(["A", "B"], "agent", "x"), options);
        Assert.Equal(1, commits);
        Assert.Equal(Two.FindTask("A")!.Version, Two.FindTask("B")!.Version);
    }

    [Fact]
    public void A_rule_that_throws_leaves_nothing()
    {
        Define("A");
        using var store = Place.OpenStore();
        var rule = new DelegateRule<int>(draft =>
        {
            draft.Create(new TaskDefinition("B"));
            draft.Change(draft.Find("A")!).Set("name", "A", "half").Apply();
            throw new TaskLockingException(RefusalCode.NotPermitted, "no");
        });
        Assert.Equal(RefusalCode.NotPermitted, Thrown(() => store.Transact(rule, new LockSession(), new CommitOptions())).Code);
        Assert.Equal("A", Assert.Single(Two.GetTasks()).Name);
        Define("C");
        Assert.Equal(["A", "C"], Two.GetTasks().Select(task => task.Id));
    }

    [Fact]
    public void A_rule_sees_its_own_changes_and_the_rest_stays()
    {
        Define("A", "B");
        using var store = Place.OpenStore();
        var seen = store.Transact(
            new DelegateRule<string>(draft =>
            {
                draft.Change(draft.Find("A")!).Set("name", "A", "changed").Apply();
                draft.Remove(draft.Find("B")!);
                draft.Create(new TaskDefinition("C"));
                return string.Join(',', draft.Tasks.Select(task => task.Name)) + draft.Count + (draft.Find("B") is null);
            }),
            new LockSession(),
            new CommitOptions());
        Assert.Equal("changed,C2True", seen);
        Assert.Equal(["A", "C"], Two.GetTasks().Select(task => task.Id));
    }

    [Fact]
    public void Order_is_kept_whatever_changes()
    {
        var ids = Enumerable.Range(0, 30).Select(number => $"T-{number * 7 % 30}").ToList();
        Define([.. ids]);
        Two.Edit([new TaskEdit("T-3") { Name = "x" }, new TaskEdit("T-21") { Content = new string('y', 5000) }]);
        One.Remove([new TaskRemoval("T-14"), new TaskRemoval("T-0")]);
        Two.Define([new TaskDefinition("T-14")]);
        ids.Remove("T-14");
        ids.Remove("T-0");
        ids.Add("T-14");
        Assert.Equal(ids, One.GetTasks().Select(task => task.Id));
        using var third = Place.OpenBoard();
        Assert.Equal(ids, third.GetTasks().Select(task => task.Id));
    }

    [Fact]
    public void A_thousand_definitions_are_one_commit()
    {
        var commits = 0;
        var definitions = Enumerable.Range(0, 1000).Select(number => new TaskDefinition("T-" + number)).ToList();
        var outcomes = One.Define(definitions, new CommitOptions { OnCommitted = _ => commits++ });
        Assert.Equal(1, commits);
        Assert.All(outcomes, outcome => Assert.True(outcome.Changed));
        Assert.Equal(definitions.Select(definition => definition.Id), Two.GetTasks().Select(task => task.Id));
    }

    [Fact]
    public void Nothing_to_do_is_no_commit()
    {
        CommitReport? report = null;
        Assert.Empty(One.Define([], new CommitOptions { OnCommitted = told => report = told }));
        Assert.NotEqual(true, report?.Wrote);
        Assert.Empty(Two.GetTasks());
    }
}

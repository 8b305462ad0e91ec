using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.Tests.Tasks;

public sealed class DefineRuleTests
{
    public static TheoryData<TaskDefinition> Malformed =>
    [
        new TaskDefinition(null!),
        new TaskDefinition(""),
        new TaskDefinition("a\u0001"),
        new TaskDefinition(new string('x', 300)),
        new TaskDefinition("T") { Name = " " },
        new TaskDefinition("T") { Name = "two\nlines" },
        new TaskDefinition("T") { Agent = " a" },
        new TaskDefinition("T") { Swarm = new string('x', 101) },
        new TaskDefinition("T") { TaskFile = "a\0b" },
        new TaskDefinition("T") { Content = "\ud83d" },
        new TaskDefinition("T") { Priority = (TaskPriority)17 },
        new TaskDefinition("T") { Tags = ["ok", ""] },
        new TaskDefinition("T") { Requires = ["\t"] },
        new TaskDefinition("T") { Dependencies = [" "] },
        new TaskDefinition("T") { AllowedAgents = [""] },
        new TaskDefinition("T") { Files = ["a\n"] },
        new TaskDefinition("T") { Files = [.. Enumerable.Range(0, 1_001).Select(i => "f" + i)] },
        new TaskDefinition("T") { MaxAttempt = 0 },
        new TaskDefinition("T") { MaxAttempt = 101 },
        new TaskDefinition("T") { RetryDelay = TimeSpan.Zero },
        new TaskDefinition("T") { RetryDelay = TimeSpan.FromDays(31) },
        new TaskDefinition("T") { TimeLimit = TimeSpan.FromMilliseconds(999) },
        new TaskDefinition("T") { TimeLimit = TimeSpan.FromDays(366) },
    ];

    [Fact]
    public void A_new_task_stands_as_it_was_defined()
    {
        var draft = Scene.Draft();
        var outcome = Assert.Single(Define(draft, new TaskDefinition("T")
        {
            Name = "Write",
            Agent = "a",
            TaskFile = "t.md",
            Content = "line\nline",
            Priority = TaskPriority.High,
            Dependencies = ["later", "later"],
            Swarm = "s",
            Tags = ["x", "y", "x"],
            Requires = ["dotnet"],
        }));
        Assert.Null(outcome.Refusal);
        Assert.True(outcome.Changed);
        Assert.Null(outcome.Previous);
        foreach (var task in new[] { outcome.Task!, draft.Find("T")! })
        {
            Assert.Equal(("T", "Write", "a", "t.md"), (task.Id, task.Name, task.Agent, task.TaskFile));
            Assert.Equal(("line\nline", "s", TaskPriority.High), (task.Content, task.Swarm, task.Priority));
            Assert.Equal((AgentTaskStatus.Todo, Scene.Now), (task.Status, task.Created));
            Assert.Equal(["later"], task.Dependencies);
            Assert.Equal(["x", "y"], task.Tags);
            Assert.Equal(["dotnet"], task.Requires);
            Assert.Null(task.Assignee);
        }
    }

    [Fact]
    public void The_name_is_the_id_when_left_out_and_empty_texts_are_none()
    {
        var task = Assert.Single(Define(Scene.Draft(),
            new TaskDefinition("T") { Agent = "", Swarm = "", TaskFile = "", Content = "" })).Task!;
        Assert.Equal("T", task.Name);
        Assert.Null(task.Agent);
        Assert.Null(task.Swarm);
        Assert.Null(task.TaskFile);
    }

    [Fact]
    public void How_it_is_to_be_done_stands_as_it_was_defined()
    {
        var definition = new TaskDefinition("T")
        {
            AllowedAgents = ["a", "b", "a"],
            Files = ["src/*.cs", "x", "x"],
            MaxAttempt = 3,
            RetryDelay = TimeSpan.FromSeconds(1.5),
            TimeLimit = TimeSpan.FromHours(2),
            NotBefore = Scene.Now.AddMinutes(1),
            NeedsReview = true,
        };
        var defined = Assert.Single(Define(Scene.Draft(), definition)).Task!;
        foreach (var task in new[] { defined, Scene.FromJson(defined.ToJson(), "T") })
        {
            Assert.Equal(["a", "b"], task.AllowedAgents);
            Assert.Equal(["src/*.cs", "x"], task.Files);
            Assert.Equal((3, TimeSpan.FromSeconds(1.5), TimeSpan.FromHours(2)), (task.MaxAttempt, task.RetryDelay, task.TimeLimit));
            Assert.Equal((Scene.Now.AddMinutes(1), true), (task.NotBefore, task.NeedsReview));
        }
        Assert.Null(Assert.Single(Define(Scene.Draft(), definition with { NotBefore = Scene.Now })).Task!.NotBefore);
    }

    [Fact]
    public void What_is_there_is_not_defined_again()
    {
        var draft = Scene.Draft(Scene.Task("T").OwnedBy("a"));
        var outcome = Assert.Single(Define(draft, new TaskDefinition("T") { Name = "other" }));
        Assert.Equal(RefusalCode.TaskAlreadyDefined, outcome.Code());
        Assert.Equal("T", outcome.Refusal!.TaskId);
        Assert.Equal("agent:a", outcome.Refusal.ExistingAssignee!.ToString());
        Assert.False(outcome.Changed);
        Assert.Null(outcome.Task);
        Assert.Equal("T", draft.Find("T")!.Name);
    }

    [Fact]
    public void The_first_of_two_alike_in_a_batch_wins()
    {
        var draft = Scene.Draft();
        var outcomes = Define(draft, new TaskDefinition("T") { Name = "first" }, new TaskDefinition("T") { Name = "second" });
        Assert.Equal([null, RefusalCode.TaskAlreadyDefined], outcomes.Select(outcome => outcome.Code()));
        Assert.Equal("first", draft.Find("T")!.Name);
        Assert.Equal(1, draft.Count);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_item_is_refused_alone(TaskDefinition malformed)
    {
        var draft = Scene.Draft();
        var outcomes = Define(draft, new TaskDefinition("before"), malformed, new TaskDefinition("after"));
        Assert.Equal([null, RefusalCode.InvalidArgument, null], outcomes.Select(outcome => outcome.Code()));
        Assert.Equal(["before", "after"], draft.Tasks.Select(task => task.Id));
    }

    [Fact]
    public void A_task_that_needs_itself_is_a_circle_of_one()
    {
        var outcome = Assert.Single(Define(Scene.Draft(), new TaskDefinition("T") { Dependencies = ["T"] }));
        Assert.Equal(RefusalCode.DependencyCycle, outcome.Code());
        Assert.Equal(["T"], outcome.Refusal!.Ids);
    }

    [Fact]
    public void The_task_that_closes_a_circle_is_refused_with_its_ids()
    {
        var draft = Scene.Draft(Scene.Task("A", "B"), Scene.Task("B", "x", "C"), Scene.Task("x"));
        var outcome = Assert.Single(Define(draft, new TaskDefinition("C") { Dependencies = ["x", "A"] }));
        Assert.Equal(RefusalCode.DependencyCycle, outcome.Code());
        Assert.Equal(["C", "A", "B"], outcome.Refusal!.Ids);
        Assert.Null(draft.Find("C"));
    }

    [Fact]
    public void A_circle_within_a_batch_falls_with_the_task_that_closes_it()
    {
        var outcomes = Define(
            Scene.Draft(),
            new TaskDefinition("A") { Dependencies = ["B"] },
            new TaskDefinition("B") { Dependencies = ["C"] },
            new TaskDefinition("C") { Dependencies = ["A"] },
            new TaskDefinition("D") { Dependencies = ["A"] });
        Assert.Equal([null, null, RefusalCode.DependencyCycle, null], outcomes.Select(outcome => outcome.Code()));
        Assert.Equal(["C", "A", "B"], outcomes[2].Refusal!.Ids);
    }

    [Fact]
    public void A_circle_from_elsewhere_does_not_stand_in_the_way_of_others()
    {
        var draft = Scene.Draft(Scene.Task("A", "B"), Scene.Task("B", "A"), Scene.Task("self", "self"));
        Assert.Null(Assert.Single(Define(draft, new TaskDefinition("C") { Dependencies = ["A", "self"] })).Refusal);
    }

    [Fact]
    public void One_define_in_a_large_state_looks_at_what_it_reaches_only()
    {
        var state = new MemoryState(Enumerable.Range(0, 10_000).Select(i => Scene.Task("T" + i)).ToArray());
        Assert.Null(Assert.Single(Define(Scene.Draft(state), new TaskDefinition("new") { Dependencies = ["T1", "T2"] })).Refusal);
        Assert.Equal(0, state.Enumerations);
        Assert.InRange(state.Finds, 1, 10);
    }

    [Fact]
    public void Nothing_asked_is_nothing_answered() => Assert.Empty(Define(Scene.Draft()));

    private static IReadOnlyList<TaskOutcome> Define(TaskDraft draft, params TaskDefinition[] definitions) =>
        new DefineRule(definitions).Decide(draft);
}

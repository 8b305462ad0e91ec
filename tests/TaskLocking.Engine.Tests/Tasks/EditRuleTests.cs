using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.Tests.Tasks;

public sealed class EditRuleTests
{
    public static TheoryData<TaskEdit> Malformed =>
    [
        new TaskEdit(null!),
        new TaskEdit(""),
        new TaskEdit("T") { Name = "" },
        new TaskEdit("T") { Status = AgentTaskStatus.Unknown },
        new TaskEdit("T") { Priority = (TaskPriority)17 },
        new TaskEdit("T") { Content = "\ude00" },
        new TaskEdit("T") { Agent = "a\n" },
        new TaskEdit("T") { TaskFile = "\0" },
        new TaskEdit("T") { Swarm = " " },
        new TaskEdit("T") { Tags = [null!] },
        new TaskEdit("T") { Dependencies = [""] },
        new TaskEdit("T") { Requires = [" x"] },
        new TaskEdit("T") { AllowedAgents = [null!] },
        new TaskEdit("T") { Files = [""] },
        new TaskEdit("T") { MaxAttempt = 0 },
        new TaskEdit("T") { RetryDelay = TimeSpan.FromTicks(1) },
        new TaskEdit("T") { TimeLimit = TimeSpan.FromDays(-1) },
    ];

    [Fact]
    public void Every_field_is_set_and_the_rest_stays()
    {
        var draft = Scene.Draft(Scene.Task("T").OwnedBy("a").Having(facts => facts with { Tags = ["old"], Swarm = "s" }));
        var outcome = Edit(draft, new TaskEdit("T")
        {
            Name = "n",
            Status = AgentTaskStatus.InProgress,
            Priority = TaskPriority.Critical,
            Content = "c",
            Agent = "b",
            TaskFile = "f",
            Tags = ["x", "x", "y"],
            Dependencies = ["D"],
            Requires = ["r"],
        });
        Assert.Null(outcome.Refusal);
        Assert.True(outcome.Changed);
        Assert.Equal(["old"], outcome.Previous!.Tags);
        foreach (var task in new[] { outcome.Task!, draft.Find("T")! })
        {
            Assert.Equal(("n", AgentTaskStatus.InProgress, TaskPriority.Critical), (task.Name, task.Status, task.Priority));
            Assert.Equal(("c", "b", "f", "s"), (task.Content, task.Agent, task.TaskFile, task.Swarm));
            Assert.Equal(["x", "y"], task.Tags);
            Assert.Equal(["D"], task.Dependencies);
            Assert.Equal(["r"], task.Requires);
            Assert.Equal("agent:a", task.Assignee!.ToString());
        }
    }

    [Fact]
    public void How_it_is_to_be_done_can_be_set_again_and_taken_back()
    {
        var draft = Scene.Draft(Scene.Task("T"));
        var edit = new TaskEdit("T")
        {
            AllowedAgents = ["a"],
            Files = ["x", "x"],
            MaxAttempt = 2,
            RetryDelay = TimeSpan.FromSeconds(5),
            TimeLimit = TimeSpan.FromMinutes(1),
            NotBefore = Scene.Now.AddHours(1),
            NeedsReview = true,
        };
        Edit(draft, edit);
        var task = Scene.FromJson(draft.Find("T")!.ToJson(), "T");
        Assert.Equal(["a"], task.AllowedAgents);
        Assert.Equal(["x"], task.Files);
        Assert.Equal((2, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)), (task.MaxAttempt, task.RetryDelay, task.TimeLimit));
        Assert.Equal((Scene.Now.AddHours(1), true), (task.NotBefore, task.NeedsReview));
        Assert.False(Edit(draft, edit).Changed);
        Edit(draft, new TaskEdit("T")
        {
            AllowedAgents = [],
            Files = [],
            MaxAttempt = 1,
            RetryDelay = TimeSpan.Zero,
            TimeLimit = TimeSpan.Zero,
            NotBefore = Scene.Now,
            NeedsReview = false,
        });
        Assert.Equal(TaskExecution.None with { Files = [], AllowedAgents = [] },
            draft.Find("T")!.Execution with { Files = [], AllowedAgents = [] });
        Assert.Empty(draft.Find("T")!.AllowedAgents);
        Assert.Empty(draft.Find("T")!.Files);
    }

    [Fact]
    public void What_is_so_already_is_no_change()
    {
        var task = Scene.Task("T", "D").Having(facts => facts with
        {
            Status = AgentTaskStatus.Done,
            StatusText = "completed",
            Priority = TaskPriority.High,
            Content = "c",
            Agent = "a",
            TaskFile = "f",
            Swarm = "s",
            Tags = ["x"],
            Requires = ["r"],
        });
        var draft = Scene.Draft(task);
        var before = draft.Find("T");
        var outcome = Edit(draft, new TaskEdit("T")
        {
            Name = "T",
            Status = AgentTaskStatus.Done,
            Priority = TaskPriority.High,
            Content = "c",
            Agent = "a",
            TaskFile = "f",
            Swarm = "s",
            Tags = ["x"],
            Dependencies = ["D"],
            Requires = ["r"],
        });
        Assert.False(outcome.Changed);
        Assert.Null(outcome.Refusal);
        Assert.Equal("completed", outcome.Task!.StatusText);
        Assert.Same(before, draft.Find("T"));
    }

    [Fact]
    public void An_edit_of_nothing_and_an_empty_text_where_there_is_none_are_no_change()
    {
        var draft = Scene.Draft(Scene.Task("T"));
        Assert.False(Edit(draft, new TaskEdit("T")).Changed);
        Assert.False(Edit(draft,
            new TaskEdit("T") { Content = "", Agent = "", Swarm = "", TaskFile = "", Tags = [], Requires = [] }).Changed);
    }

    [Fact]
    public void Empty_texts_and_lists_clear()
    {
        var draft = Scene.Draft(Scene.Task("T",
            "D").Having(facts => facts with { Content = "c", Agent = "a", TaskFile = "f", Swarm = "s", Tags = ["x"], Requires = ["r"] }));
        var edit = new TaskEdit("T") { Content = "", Agent = "", TaskFile = "", Swarm = "", Tags = [], Requires = [], Dependencies = [] };
        var task = Edit(draft, edit).Task!;
        Assert.True(string.IsNullOrEmpty(task.Content));
        Assert.Equal((null, null, null), (task.Agent, task.TaskFile, task.Swarm));
        Assert.Equal((0, 0, 0), (task.Tags.Count, task.Requires.Count, task.Dependencies.Count));
    }

    [Fact]
    public void Done_tells_when_and_leaving_it_takes_that_back()
    {
        var draft = Scene.Draft(Scene.Task("T"));
        Assert.Equal(Scene.Now, Edit(draft, new TaskEdit("T") { Status = AgentTaskStatus.Done }).Task!.CompletedAt);
        Assert.Null(Edit(draft, new TaskEdit("T") { Status = AgentTaskStatus.Todo }).Task!.CompletedAt);
    }

    [Fact]
    public void A_task_that_is_not_there_is_not_found() =>
        Assert.Equal(RefusalCode.TaskNotFound, Edit(Scene.Draft(), new TaskEdit("T")).Code());

    [Fact]
    public void A_foreign_id_that_could_not_be_made_can_be_edited()
    {
        var id = " " + new string('x', 300);
        Assert.True(Edit(Scene.Draft(Scene.Task(id)), new TaskEdit(id) { Name = "n" }).Changed);
    }

    [Theory]
    [InlineData(7L, null)]
    [InlineData(6L, RefusalCode.VersionChanged)]
    [InlineData(0L, RefusalCode.VersionChanged)]
    public void A_version_that_is_not_there_refuses(long expected, RefusalCode? code)
    {
        var draft = Scene.Draft(Scene.Task("T"));
        var outcome = Edit(draft, new TaskEdit("T") { IfVersion = expected, Name = "n" });
        Assert.Equal(code, outcome.Code());
        Assert.Equal(code is null ? "n" : "T", draft.Find("T")!.Name);
        if (code is not null)
            Assert.Equal((expected, 7L), (outcome.Refusal!.ExpectedVersion, outcome.Refusal.FoundVersion));
    }

    [Fact]
    public void Dependencies_that_close_a_circle_are_refused_and_nothing_else_of_the_edit_is_kept()
    {
        var draft = Scene.Draft(Scene.Task("A"), Scene.Task("B", "A"), Scene.Task("C", "B"));
        var outcome = Edit(draft, new TaskEdit("A") { Name = "n", Dependencies = ["x", "C"] });
        Assert.Equal(RefusalCode.DependencyCycle, outcome.Code());
        Assert.Equal(["A", "C", "B"], outcome.Refusal!.Ids);
        Assert.Equal("A", draft.Find("A")!.Name);
        Assert.Equal(["A"], Edit(draft, new TaskEdit("A") { Dependencies = ["A"] }).Refusal!.Ids);
    }

    [Fact]
    public void Dropping_a_dependency_is_granted_even_inside_a_circle_from_elsewhere()
    {
        var draft = Scene.Draft(Scene.Task("A", "B", "C"), Scene.Task("B", "A"), Scene.Task("C"));
        Assert.Null(Edit(draft, new TaskEdit("A") { Dependencies = ["B"] }).Refusal);
        Assert.Null(Edit(draft, new TaskEdit("A") { Dependencies = ["C"] }).Refusal);
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_item_is_refused_alone(TaskEdit malformed)
    {
        var draft = Scene.Draft(Scene.Task("T"), Scene.Task("U"));
        var outcomes = new EditRule([malformed, new TaskEdit("U") { Name = "n" }]).Decide(draft);
        Assert.Equal([RefusalCode.InvalidArgument, null], outcomes.Select(outcome => outcome.Code()));
        Assert.Equal("n", draft.Find("U")!.Name);
    }

    [Fact]
    public void Edits_of_one_task_in_a_batch_follow_each_other()
    {
        var draft = Scene.Draft(Scene.Task("T"));
        var outcomes = new EditRule([new TaskEdit("T") { Name = "1" }, new TaskEdit("T") { Name = "2" },
            new TaskEdit("T") { Name = "2" }]).Decide(draft);
        Assert.Equal([true, true, false], outcomes.Select(outcome => outcome.Changed));
        Assert.Equal("1", outcomes[1].Previous!.Name);
        Assert.Equal("2", draft.Find("T")!.Name);
    }

    [Fact]
    public void One_edit_in_a_large_state_looks_at_one_task()
    {
        var state = new MemoryState(Enumerable.Range(0, 10_000).Select(i => Scene.Task("T" + i)).ToArray());
        Assert.True(Edit(Scene.Draft(state), new TaskEdit("T9999") { Name = "n" }).Changed);
        Assert.Equal(0, state.Enumerations);
    }

    private static TaskOutcome Edit(TaskDraft draft, TaskEdit edit) => Assert.Single(new EditRule([edit]).Decide(draft));
}

using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.Tests.Tasks;

public sealed class RemoveRuleTests
{
    private static readonly AgentTask[] Diamond = [Scene.Task("top", "left", "right"), Scene.Task("left", "base"),
        Scene.Task("right", "base"), Scene.Task("base", "gone")];

    [Theory]
    [InlineData("top", "", "left right base")]
    [InlineData("top left", "", "right base")]
    [InlineData("left top", "", "right base")]
    [InlineData("base right left top", "", "")]
    [InlineData("base", "base:left,right", "top left right base")]
    [InlineData("base left", "base:left,right left:top", "top left right base")]
    [InlineData("left base", "left:top base:left,right", "top left right base")]
    [InlineData("base left top", "base:right", "right base")]
    [InlineData("base left right", "base:left,right left:top right:top", "top left right base")]
    [InlineData("base!", "", "top left right")]
    [InlineData("left! base", "base:right", "top right base")]
    [InlineData("left! right! base", "", "top")]
    public void What_is_needed_by_a_task_that_stays_stays(string removals, string refused, string left)
    {
        Removes(Scene.Draft(Diamond), removals, refused, left);
        var draft = Scene.Draft(Diamond);
        _ = draft.AskedGraph; // It is asked where it is there.
        Removes(draft, removals, refused, left);
    }

    private static void Removes(TaskDraft draft, string removals, string refused, string left)
    {
        var outcomes = Remove(draft, Words(removals).Select(word => new TaskRemoval(word.TrimEnd('!'), Force: word.EndsWith('!')))
            .ToArray());
        Assert.Equal(Words(left), draft.Tasks.Select(task => task.Id));
        Assert.Equal(Words(refused), outcomes.Where(outcome => outcome.Refusal is not null)
            .Select(outcome => outcome.Id + ":" + string.Join(",", outcome.Refusal!.Ids)));
        Assert.All(outcomes, outcome => Assert.Equal(outcome.Refusal is null ? null : RefusalCode.TaskHasDependents, outcome.Code()));
        Assert.All(outcomes, outcome => Assert.Equal(outcome.Refusal is null, outcome.Changed));
    }

    [Fact]
    public void The_answer_has_the_task_as_it_was_last()
    {
        var outcome = Assert.Single(Remove(Scene.Draft(Scene.Task("T").OwnedBy("a")), new TaskRemoval("T")));
        Assert.Equal("agent:a", outcome.Task!.Assignee!.ToString());
        Assert.Equal(outcome.Task, outcome.Previous);
    }

    [Fact]
    public void Items_are_refused_one_by_one()
    {
        var draft = Scene.Draft(Scene.Task("A"), Scene.Task("B"), Scene.Task("C", "B"));
        var outcomes = Remove(draft, new TaskRemoval("none"), new TaskRemoval(""), new TaskRemoval("A", IfVersion: 7),
            new TaskRemoval("C", IfVersion: 6), new TaskRemoval("B"));
        Assert.Equal(
            [RefusalCode.TaskNotFound, RefusalCode.InvalidArgument, null, RefusalCode.VersionChanged, RefusalCode.TaskHasDependents],
            outcomes.Select(outcome => outcome.Code()));
        Assert.Equal(["B", "C"], draft.Tasks.Select(task => task.Id));
        Assert.Equal((6L, 7L), (outcomes[3].Refusal!.ExpectedVersion, outcomes[3].Refusal!.FoundVersion));
    }

    [Fact]
    public void Circles_from_elsewhere_can_be_removed()
    {
        var draft = Scene.Draft(Scene.Task("self", "self"), Scene.Task("A", "B"), Scene.Task("B", "A"));
        Assert.All(Remove(draft, new TaskRemoval("self"), new TaskRemoval("A"), new TaskRemoval("B")),
            outcome => Assert.Null(outcome.Refusal));
        Assert.Empty(draft.Tasks);
    }

    [Fact]
    public void A_task_named_twice_is_removed_once() =>
        Assert.All(Remove(Scene.Draft(Scene.Task("T")), new TaskRemoval("T"), new TaskRemoval("T")),
            outcome => Assert.Null(outcome.Refusal));

    [Fact]
    public void Dependents_are_looked_for_once_and_only_if_they_count()
    {
        var state = new MemoryState(Enumerable.Range(0, 1_000).Select(i => Scene.Task("T" + i)).ToArray());
        Remove(Scene.Draft(state), new TaskRemoval("T1", Force: true), new TaskRemoval("none"));
        Assert.Equal(0, state.Enumerations);
        Remove(Scene.Draft(state), Enumerable.Range(0, 500).Select(i => new TaskRemoval("T" + i)).ToArray());
        Assert.Equal(1, state.Enumerations);
    }

    private static IReadOnlyList<TaskOutcome> Remove(TaskDraft draft, params TaskRemoval[] removals) =>
        new RemoveRule(removals).Decide(draft);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

using System.Linq;
using TaskLocking.Rules;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Scheduling;

public sealed class DependencyRuleTests
{
    [Fact]
    public void Dependencies_are_added_behind_those_that_are_there_each_once()
    {
        var outcome = Add(Scene.Draft(Scene.Task("T", "a")), new DependencyEdit("T", ["b", "a", "b", "later"]));
        Assert.True(outcome.Changed);
        Assert.Equal(["a", "b", "later"], outcome.Task!.Dependencies);
        Assert.Equal(["a"], outcome.Previous!.Dependencies);
    }

    [Fact]
    public void Dependencies_are_taken_away_whatever_a_file_called_them()
    {
        var odd = " " + new string('x', 200);
        Assert.Equal(["b"], Take(Scene.Draft(Scene.Task("T", odd, "b")), new DependencyEdit("T", [odd, "none"])).Task!.Dependencies);
    }

    [Theory]
    [InlineData(false, "a")]
    [InlineData(true, "b")]
    public void What_is_so_already_is_no_change(bool remove, string dependency)
    {
        var draft = Scene.Draft(Scene.Task("T", "a", "a"));
        var outcome = new DependencyRule([new DependencyEdit("T", [dependency])], remove).Decide(draft)[0];
        Assert.Null(outcome.Refusal);
        Assert.False(outcome.Changed);
        Assert.Empty(draft.Changes.Changes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_circle_is_refused_with_its_ids_with_and_without_a_graph(bool hasGraph)
    {
        var draft = Scene.Draft(Scene.Task("A", "B"), Scene.Task("B", "C"), Scene.Task("C"));
        if (hasGraph)
            Assert.Equal(3, draft.Graph.Count);
        var outcome = Add(draft, new DependencyEdit("C", ["x", "A"]));
        Assert.Equal(RefusalCode.DependencyCycle, outcome.Code());
        Assert.Equal(["C", "A", "B"], outcome.Refusal!.Ids);
        Assert.Empty(draft.Find("C")!.Dependencies);
        Assert.Equal(["C"], Add(draft, new DependencyEdit("C", ["C"])).Refusal!.Ids);
    }

    [Fact]
    public void Edits_of_one_request_see_each_other()
    {
        var draft = Scene.Draft(Scene.Task("A"), Scene.Task("B"));
        var outcomes = new DependencyRule([new DependencyEdit("A", ["B"]), new DependencyEdit("B", ["A"])], remove: false).Decide(draft);
        Assert.Equal([null, RefusalCode.DependencyCycle], outcomes.Select(outcome => outcome.Code()));
        Assert.Equal(["B", "A"], outcomes[1].Refusal!.Ids);
    }

    [Fact]
    public void Each_refusal_stands_alone()
    {
        var draft = Scene.Draft(Scene.Task("T"));
        DependencyEdit[] edits =
        [
            new("", ["a"]), new("T", []), new("T", null!), new("T", [" a"]), new("T", [null!]), new("none", ["a"]),
                new("T", ["a"]) { IfVersion = 6 }, new("T", ["a"]) { IfVersion = 7 },
        ];
        Assert.Equal(
            [
                RefusalCode.InvalidArgument, RefusalCode.InvalidArgument, RefusalCode.InvalidArgument, RefusalCode.InvalidArgument,
                    RefusalCode.InvalidArgument,
                RefusalCode.TaskNotFound, RefusalCode.VersionChanged, null,
            ],
            new DependencyRule(edits, remove: false).Decide(draft).Select(outcome => outcome.Code()));
    }

    [Fact]
    public void A_failed_dependency_blocks_and_frees()
    {
        var draft = Scene.Draft(Scene.Task("F").Having(facts => facts with { Status = AgentTaskStatus.Failed, StatusText = "Failed" }),
            Scene.Task("T"), Scene.Task("U", "T"));
        Assert.Equal(new TaskBlock("F", "F"), Add(draft, new DependencyEdit("T", ["F"])).Task!.BlockedBy);
        Assert.Equal(new TaskBlock("T", "F"), draft.Find("U")!.BlockedBy);
        Assert.Equal(AgentTaskStatus.Todo, Take(draft, new DependencyEdit("T", ["F"])).Task!.Status);
        Assert.Equal(AgentTaskStatus.Todo, draft.Find("U")!.Status);
    }

    private static TaskOutcome Add(TaskDraft draft, DependencyEdit edit) => new DependencyRule([edit], remove: false).Decide(draft)[0];

    private static TaskOutcome Take(TaskDraft draft, DependencyEdit edit) => new DependencyRule([edit], remove: true).Decide(draft)[0];
}

using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using TaskLocking.Ready;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Scheduling;

public sealed class TaskGraphTests
{
    private static readonly string[] Ids = ["T1", "T2", "T3", "T4", "T5", "T6"];
    private static readonly string[] Agents = ["a", "b"];

    /// <summary>A failure prints the shortest sequence found and the seed, which <c>WithReplay</c> takes.</summary>
    [Fact]
    public void After_any_changes_the_graph_answers_as_a_look_at_everything_does() =>
        Prop.ForAll(Arb.Array(Arb.From(GraphAct.Any(Ids, Agents))),
            Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(30));

    [Fact]
    public void Changes_that_are_taken_back_leave_no_trace() =>
        Prop.ForAll(Arb.Array(Arb.From(GraphAct.Any(Ids, Agents))), Arb.Array(Arb.From(GraphAct.Any(Ids, Agents))), LeavesNoTrace)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(12));

    [Fact]
    public void Without_circles_every_edge_is_judged_as_a_plain_walk_judges_it() =>
        Prop.ForAll(Arb.Array(Arb.From(Edges(40))),
            GrowsWithoutCircles).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(200));

    [Fact]
    public void Circles_that_come_and_go_leave_a_graph_that_has_none()
    {
        // Two commits that turn an edge round may be seen in either order.
        var (a, b) = (Scene.Stored(Scene.Task("A", "B")), Scene.Stored(Scene.Task("B")));
        var graph = new TaskGraph([a, b]);
        Assert.Equal(["B", "A"], graph.FindCycle("B", ["A"]));
        graph.Set("B", Scene.Stored(Scene.Task("B", "A")));
        Assert.Equal(["A", "B"], graph.CycleOf("A"));
        graph.Set("A", Scene.Stored(Scene.Task("A")));
        Assert.Empty(graph.FindCycles());
        Assert.Equal(["A", "B"], graph.FindCycle("A", ["B"]));
    }

    [Fact]
    public void A_deep_chain_is_ordered_and_walked_without_recursion()
    {
        const int depth = 50_000;
        var graph = new TaskGraph(Enumerable.Range(0, depth).Select(i => Scene.Task("T" + i, i + 1 < depth ? ["T" + (i + 1)] : [])));
        Assert.Equal(depth, graph.FindCycle("T" + (depth - 1), ["T0"]).Count);
        graph.Set("T" + (depth - 1), Scene.Task("T" + (depth - 1), "T0"));
        Assert.Equal(depth, Assert.Single(graph.FindCycles()).Count);
    }

    [Fact]
    public void A_dependency_that_everybody_has_is_taken_from_one_of_them()
    {
        var tasks = Enumerable.Range(0, 5_000).Select(i => Scene.Stored(Scene.Task("T" + i, "hub"))).ToList();
        var graph = new TaskGraph(tasks);
        foreach (var task in tasks.Where((_, i) => i % 2 == 0))
            graph.Set(task.Id, null);
        Assert.Equal(tasks.Where((_, i) => i % 2 == 1).Select(task => task.Id), graph.DependentsOf("hub"));
    }

    [Fact]
    public void Only_circles_for_which_a_task_waits_are_below_it()
    {
        var graph = new TaskGraph([Scene.Task("A", "B"), Scene.Task("B", "A"), Scene.Task("C", "B"), Scene.Task("D")]);
        Assert.Equal(2, graph.FindCycleBelow(["C"]).Count);
        Assert.Empty(graph.FindCycleBelow(["D"]));
    }

    private static Property Agrees(GraphAct[] acts)
    {
        var model = new GraphModel(Ids, Agents);
        var graph = new TaskGraph([]);
        foreach (var act in acts)
        {
            graph.Set(act.Id, model.Set(act));
            if (model.Show() != model.Show(graph))
                return false.Label($"{act}: the model has '{model.Show()}', the graph '{model.Show(graph)}'");
            if (model.Judge(graph) is { } wrong)
                return false.Label($"{act}: {wrong}");
        }
        var fresh = model.Show(new TaskGraph(model.Tasks));
        return (model.Show() == fresh).Label($"the model has '{model.Show()}', a new graph '{fresh}'");
    }

    private static Property LeavesNoTrace(GraphAct[] acts, GraphAct[] draft)
    {
        var model = new GraphModel(Ids, Agents);
        var graph = new TaskGraph([]);
        foreach (var act in acts)
            graph.Set(act.Id, model.Set(act));
        var (before, other) = (model.Show(graph), new GraphModel(Ids, Agents));
        foreach (var act in draft)
            graph.Set(act.Id, other.Set(act));
        foreach (var id in draft.Select(act => act.Id).Distinct())
            graph.Set(id, model.Find(id));
        return (before == model.Show(graph)).Label($"'{before}' before, '{model.Show(graph)}' after")
            .And((model.Judge(graph) is null).Label("circles"));
    }

    private static Gen<(int From, int To, bool IsGone)> Edges(int nodes) =>
        from one in Gen.Choose(0, nodes - 1)
        from other in Gen.Choose(0, nodes - 1)
        from gone in Gen.Choose(0, 9)
        select (one, other, gone == 0);

    private static Property GrowsWithoutCircles((int From, int To, bool IsGone)[] edges)
    {
        var state = new Dictionary<string, AgentTask>();
        var graph = new TaskGraph([]);
        foreach (var (from, to, isGone) in edges)
        {
            var (id, dependency) = ("T" + from, "T" + to);
            var task = state.GetValueOrDefault(id) ?? Scene.Task(id);
            var expected = new DependencyCycles(new MemoryState([.. state.Values])).Find(id, [dependency]);
            if (!expected.SequenceEqual(graph.FindCycle(id, [dependency])))
                return false.Label($"{id} to {dependency}");
            if (expected.Count > 0)
                continue;
            state[id] = task = task.Having(facts => facts with
            {
                Dependencies = isGone ? []
                : [.. task.Dependencies.Append(dependency).Distinct()]
            });
            graph.Set(id, task);
        }
        return true.Label("");
    }
}

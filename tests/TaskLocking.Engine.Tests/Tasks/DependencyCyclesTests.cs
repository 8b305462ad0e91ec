using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using TaskLocking.Ready;
using TaskLocking.Rules;
using Xunit;

namespace TaskLocking.Tests.Tasks;

public sealed class DependencyCyclesTests
{
    [Fact]
    public void Of_several_circles_a_shortest_is_found()
    {
        var state = new MemoryState(Scene.Task("a", "b"), Scene.Task("b", "c"), Scene.Task("c", "T"), Scene.Task("x", "T"));
        Assert.Equal(["T", "x"], new DependencyCycles(state).Find("T", ["a", "x"]));
    }

    [Fact]
    public void A_deep_chain_is_walked_without_recursion()
    {
        var state = new MemoryState(Enumerable.Range(0, 50_000).Select(i => Scene.Task("T" + i, "T" + (i + 1))).ToArray());
        var circle = new DependencyCycles(state).Find("T50000", ["T0"]);
        var refusal = TaskRefusals.Cycle("T50000", circle)!;
        Assert.Equal(50_001, refusal.Ids.Count);
        Assert.InRange(refusal.Message.Length, 1, 200);
    }

    [Fact]
    public void A_batch_walks_each_task_once()
    {
        var state = new MemoryState();
        var cycles = new DependencyCycles(state);
        for (var i = 1; i <= 2_000; i++)
        {
            Assert.Empty(cycles.FindForNew("T" + i, ["T" + (i - 1), "base"]));
            state.Add(Scene.Task("T" + i, "T" + (i - 1), "base"));
        }
        Assert.InRange(state.Finds, 1, 3 * 2_000);
    }

    [Fact]
    public void A_batch_finds_exactly_the_circles_that_a_plain_search_finds()
    {
        var ids = Enumerable.Range(0, 8).Select(i => "T" + i).ToArray();
        var task = from id in Gen.Elements(ids)
                   from dependencies in Gen.ArrayOf(Gen.Elements(ids))
                   select (Id: id, Dependencies: dependencies.Distinct().Take(3).ToArray());
        Prop.ForAll(Arb.Array(Arb.From(task)), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    private static bool Agrees((string Id, string[] Dependencies)[] batch)
    {
        var graph = new Dictionary<string, string[]>();
        var state = new MemoryState();
        var cycles = new DependencyCycles(state);
        foreach (var (id, dependencies) in batch.DistinctBy(task => task.Id))
        {
            var expected = dependencies.Any(dependency => Reaches(graph, dependency, id, []));
            var plain = new DependencyCycles(state).Find(id, dependencies);
            var circle = cycles.FindForNew(id, dependencies);
            if (expected != circle.Count > 0 || circle.Count != plain.Count || !IsCircle(circle, id, dependencies, graph))
                return false;
            if (expected)
                continue;
            graph.Add(id, dependencies);
            state.Add(Scene.Task(id, dependencies));
        }
        return true;
    }

    private static bool Reaches(Dictionary<string, string[]> graph, string from, string to, HashSet<string> seen) =>
        from == to
            || (seen.Add(from) && graph.TryGetValue(from, out var next) && next.Any(dependency => Reaches(graph, dependency, to, seen)));

    private static bool IsCircle(IReadOnlyList<string> circle, string id, string[] dependencies, Dictionary<string, string[]> graph) =>
        circle.Count == 0
        || (circle[0] == id && Enumerable.Range(0, circle.Count)
            .All(i => (i == 0 ? dependencies : graph[circle[i]]).Contains(circle[(i + 1) % circle.Count])));
}

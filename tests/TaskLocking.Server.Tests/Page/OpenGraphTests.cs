using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Server;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>Where tasks stand in the picture, against a plain search of all chains.</summary>
public sealed class OpenGraphTests : IDisposable
{
    private readonly BoardFolder _folder = new();

    [Fact]
    public void Every_task_stands_behind_the_longest_chain_that_leads_to_it()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var prefix = $"r{round}-";
            _folder.Board.Define([.. Enumerable.Range(0, 12).Select(number => new TaskDefinition($"{prefix}{number}")
            {
                Swarm = prefix,
                Dependencies = [.. Enumerable.Range(0, number).Where(_ => random.Next(4) == 0).Select(each => $"{prefix}{each}")],
            })]);
            var tasks = _folder.Board.GetTasks(new TaskQuery { Swarm = prefix });
            var graph = new OpenGraph(tasks.Reverse());
            var known = tasks.ToDictionary(task => task.Id);
            int Length(AgentTask task) => task.Dependencies.Select(id => Length(known[id]) + 1).DefaultIfEmpty(0).Max();
            Assert.All(tasks, task => Assert.Equal(Length(task), graph.Column(task.Id)));
            var longest = tasks.Max(Length);
            Assert.Equal(longest == 0 ? 0 : longest + 1, graph.CriticalPath.Count);
            foreach (var (before, after) in graph.CriticalPath.Zip(graph.CriticalPath.Skip(1)))
                Assert.Contains(before, known[after].Dependencies);
            bool IsKnit(AgentTask task) => task.Dependencies.Count > 0 || tasks.Any(other => other.Dependencies.Contains(task.Id));
            Assert.Equal(tasks.Count(IsKnit), graph.Count);
        }
    }

    [Fact]
    public void What_is_done_is_left_out_and_a_circle_has_no_column()
    {
        _folder.Define("A", "B", "C");
        _folder.Board.AddDependencies([new DependencyEdit("B", ["A"]), new DependencyEdit("C", ["B"])]);
        _folder.Board.Edit([new TaskEdit("A") { Status = AgentTaskStatus.Done }]);
        Assert.Equal(["B", "C"], new OpenGraph(_folder.Board.GetTasks()).CriticalPath);
        // A circle comes by the document only.
        using var other = new BoardFolder();
        System.IO.Directory.CreateDirectory(System.IO.Path.Combine(other.Path, ".todo2"));
        System.IO.File.WriteAllText(System.IO.Path.Combine(other.Path, ".todo2", "state.todo2.json"), """
            {"todos":[{"id":"X","name":"X","status":"Todo","dependencies":["Y"]},{"id":"Y","name":"Y","status":"Todo","dependencies":["X"]},
            {"id":"Z","name":"Z","status":"Todo","dependencies":["X"]}]}
            """);
        var graph = new OpenGraph(other.Board.GetTasks());
        Assert.Empty(graph.CriticalPath);
        Assert.All(new[] { "X", "Y", "Z" }, id => Assert.Equal(-1, graph.Column(id)));
        Assert.Equal(3, graph.Nodes(10).Count);
    }

    [Fact]
    public void A_chain_of_thousands_is_no_burden()
    {
        const int Many = 5000;
        _folder.Board.Define([.. Enumerable.Range(0, Many).Select(number => new TaskDefinition($"{number}")
        {
            Dependencies = number == 0 ? [] : [$"{number - 1}"],
        })]);
        Assert.Equal(Many, new OpenGraph(_folder.Board.GetTasks()).CriticalPath.Count);
    }

    public void Dispose() => _folder.Dispose();
}

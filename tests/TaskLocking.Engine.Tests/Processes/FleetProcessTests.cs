using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>
/// Up to fifty processes drain a random graph while a third of them is killed at random. <c>TASKLOCKING_FLEET</c> sets the number of
/// tasks, 1,000 for the full proof and 200 for that in worktrees; <c>TASKLOCKING_FLEET_SEED</c> repeats a graph.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class FleetProcessTests : IDisposable
{
    private const int MostAgents = 50;
    private const int TasksEach = 4;
    private const int Trees = 8;

    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Warm_agents_drain_a_graph_though_a_third_of_them_is_killed() =>
        Drain(1000, (name, capabilities) => FleetAgent.Warm(_place.Path, name, capabilities));

    [Fact]
    public void Agents_of_one_shot_commands_drain_a_graph_though_a_third_of_them_is_killed() =>
        Drain(40, (name, capabilities) => FleetAgent.OfCommands(_place.Path, name, capabilities));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Eight_agents_in_eight_worktrees_of_one_repository_drain_a_graph_though_a_third_of_them_is_killed(bool isBare)
    {
        using var trees = new FleetTrees(isBare, Trees);
        var next = 0;
        Drain(60, (name, capabilities) => FleetAgent.InTree(_place.Path, trees.Tree(next++ % Trees), name, capabilities), trees.Board);
        trees.HaveNoBoardOfTheirOwn();
    }

    private void Drain(int usual, Func<string, string[], FleetAgent> start, string? workspace = null)
    {
        workspace ??= _place.Path;
        var count = Number("TASKLOCKING_FLEET") ?? usual;
        var seed = Number("TASKLOCKING_FLEET_SEED") ?? Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}, {count} tasks");
        var random = new Random(seed);
        var graph = new FleetGraph(random, count);
        using var board = TaskBoard.Open(workspace);
        Assert.All(board.Define(graph.Definitions), outcome => Assert.Null(outcome.Refusal));
        var agents = Enumerable.Range(0, Math.Min(workspace == _place.Path ? MostAgents : Trees, count / TasksEach))
            .Select(number => number % 5 == 0 ? start($"a{number}-{FleetGraph.Capability}", [FleetGraph.Capability])
                : start("a" + number, [])).ToList();
        try
        {
            agents.ForEach(agent => agent.Ready());
            var clock = Stopwatch.StartNew();
            agents.ForEach(agent => agent.Go());
            Watch(board, random, agents, count);
            var seconds = clock.Elapsed.TotalSeconds;
            agents.Where(agent => !agent.Killed).ToList().ForEach(agent => agent.Finish());
            board.Sync();
            var audit = new FleetAudit(graph, board, agents);
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{audit.Count(AgentTaskStatus.Done)} done, {audit.Count(AgentTaskStatus.Failed)} failed, " +
                    $"{audit.Count(AgentTaskStatus.Blocked)} blocked; {audit.Claims} claims in {seconds:0.0} s"));
            audit.Run(Path.Combine(workspace, WorkspacePath.StoreFolder, "state.todo2.json"));
        }
        finally
        {
            agents.ForEach(agent => agent.Dispose());
        }
    }

    // Kills each victim when so many tasks have come to their end, until none is left to do.
    private void Watch(TaskBoard board, Random random, List<FleetAgent> agents, int count)
    {
        // The first stays, who has the capability.
        var victims = new Queue<(FleetAgent Agent, int At)>(agents.Skip(1).OrderBy(_ => random.Next()).Take(agents.Count / 3)
            .Select(agent => (agent, random.Next(count * 2 / 3))).OrderBy(victim => victim.Item2));
        for (var guard = Stopwatch.StartNew(); ; Thread.Sleep(5))
        {
            var left = board.GetTasks().Where(task => task.Status is AgentTaskStatus.Todo or AgentTaskStatus.InProgress).ToList();
            for (; victims.TryPeek(out var victim) && victim.At <= count - left.Count; victims.Dequeue())
                victim.Agent.Kill();
            if (left.Count == 0)
                break;
            if (guard.Elapsed > TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(2 * count))
                Assert.Fail($"{left.Count} tasks are left: " +
                    $"{string.Join(", ", left.Take(10).Select(task => $"{task.Id} {task.StatusText} {task.Claim}"))}");
            if (agents.Find(agent => !agent.Killed && agent.HasExited) is { } gone)
                gone.Finish();
        }
        Assert.Empty(victims);
        File.WriteAllText(_place.In("stop"), "");
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Tests.Rules;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Ready;

/// <summary>
/// Who follows what others commit knows of most tasks no more than how far the work is, and answers as if he had read them all: after each
/// line of every rule, on random boards. A failure tells the seed, which <c>TASKLOCKING_SEED</c> takes.
/// </summary>
public sealed class WorkStepTests
{
    private const int Acts = 60;

    private static readonly string[] Work = ["request", "start", "complete", "complete-next", "renew", "give-back"];

    [Fact]
    public void A_board_that_follows_answers_as_one_that_was_read()
    {
        var only = Surroundings.Setting("TASKLOCKING_SEED");
        var first = only ?? Random.Shared.Next();
        var runs = only is null ? Surroundings.Setting("TASKLOCKING_RUNS") ?? 60 : 1;
        var steps = 0;
        for (var run = 0; run < runs; run++)
        {
            try
            {
                steps += Run(unchecked(first + run));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"TASKLOCKING_SEED={unchecked(first + run)}", exception);
            }
        }
        if (only is null)
            Assert.True(steps > 0, $"{steps} steps in {runs} runs");
    }

    [Theory]
    [InlineData("""{"id":"A","set":{"status":"Done","completedAt":"t"},"own":{"claim":null,"startedAt":null},"log":[]}""", true)]
    [InlineData("""{"id":"A","set":{"status":"Done"},"own":{"claim":null,"failure":null},"log":[]}""", false)]
    [InlineData("""{"id":"A","set":{"status":"Done","name":"n"},"own":{"claim":null},"log":[]}""", false)]
    [InlineData("""{"id":"A","set":{"status":"Failed"},"own":{"claim":null},"log":[]}""", false)]
    [InlineData("""{"id":"A\"","set":{"status":"Done"},"own":{"claim":null},"log":[]}""", false)]
    [InlineData("""{"id":"A","set":{"assignee":{"type":"human","name":"a"}},"own":{"claim":null},"log":[]}""", false)]
    [InlineData("""{"id":"A","gone":true}""", false)]
    public void Only_what_tells_how_far_the_work_is_is_understood_by_its_bytes(string patch, bool isStep)
    {
        var at = 0;
        Assert.Equal(isStep, PatchGlance.TryRead(Encoding.UTF8.GetBytes(patch), ref at, out _));
    }

    private static int Run(int seed)
    {
        var scene = new RuleScene(seed);
        var random = new Random(seed);
        var follower = scene.State.Clone();
        var steps = 0;
        _ = follower.Graph.Ready;
        for (var act = 0; act < Acts; act++)
        {
            var verb = random.Next(3) == 0 ? scene.Verb() : Work[random.Next(Work.Length)];
            if (scene.Decide(verb) is not { } decided)
                continue;
            decided.Attempt.ApplyTo(scene.State, decided.Line);
            follower.Apply(decided.Line.ToArray());
            // Mostly several lines come before anybody asks, and who asks for all of it reads everything.
            if (random.Next(3) == 0)
                continue;
            var known = follower.Graph.FindOpen([.. scene.State.Tasks.Select(task => task.Id)])
                .Concat(follower.Graph.Ready.Due(scene.Now + TimeSpan.FromDays(1), scene));
            steps += known.Count(node => node.Step is not null);
            Assert.Equal(Picture(new TaskGraph(scene.State.Tasks), scene, null), Picture(follower.Graph, scene, null));
            if (random.Next(6) == 0)
                Assert.Equal(Picture(new TaskGraph(scene.State.Tasks), scene, TaskPicture.Of),
                    Picture(follower.Graph, scene, TaskPicture.Of));
        }
        return steps;
    }

    private static List<string> Picture(TaskGraph graph, RuleScene scene, Func<AgentTask, string>? show)
    {
        var lines = new List<string>();
        foreach (var seconds in new[] { -3600, 0, 60, 100_000 })
        {
            var now = scene.Now + TimeSpan.FromSeconds(seconds);
            lines.Add("due " + string.Join(" ", graph.Ready.Due(now, scene).Select(node => node.Id)));
            foreach (var name in new[] { "a", "b", "c" })
                lines.Add(name + " " + string.Join(" ", graph.Ready.For(new AgentView(name, ["x"], null, 0), new ReadyQuery(), now)
                    .Select(node => node.Id)));
        }
        foreach (var worker in new[] { "a", "b", "c" }.SelectMany(name => new[] { Worker.Named(name), Worker.Named(name, true) }))
            lines.Add($"{worker.Name} {graph.Ready.LoadOf(worker)} {graph.Ready.OnHandsOf(worker)} {graph.Ready.FindActiveLike("A")}");
        lines.Add($"{graph.Count} {graph.EdgeCount} " + string.Join(" ", scene.State.Tasks.Select(task => graph.UnmetOf(task.Id))));
        lines.Add("stuck " + string.Join(" ", graph.Stuck.Select(node => node.Id)));
        if (show is null)
            return lines;
        lines.AddRange(graph.Open.Select(show));
        lines.AddRange(graph.Active.Select(show));
        return lines;
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>
/// Compares, after a fleet has drained a graph, what the agents were told with what the store tells, and both with the rules. A claim's
/// token is the version in which it was made, and the version of a task that is done the one in which it was completed: so the order of
/// events is known without a clock.
/// </summary>
internal sealed class FleetAudit
{
    private readonly FleetGraph _graph;
    private readonly Dictionary<string, FleetClaims> _tasks;
    private readonly List<FleetLine> _lines;
    private readonly HashSet<string> _killed;

    public FleetAudit(FleetGraph graph, TaskBoard board, IReadOnlyList<FleetAgent> agents)
    {
        _graph = graph;
        _tasks = board.GetTasks()
            .ToDictionary(task => task.Id, task => new FleetClaims(task, board.GetHistory(task.Id)), StringComparer.Ordinal);
        _lines = agents.SelectMany(agent => agent.Lines()).ToList();
        _killed = agents.Where(agent => agent.Killed).Select(agent => agent.Name).ToHashSet(StringComparer.Ordinal);
    }

    public int Claims => _tasks.Values.Sum(task => task.All.Count);

    public int Count(AgentTaskStatus status) => _tasks.Values.Count(task => task.Task.Status == status);

    public void Run(string document)
    {
        Assert.Equal(_graph.Definitions.Select(definition => definition.Id).Order(StringComparer.Ordinal),
            _tasks.Keys.Order(StringComparer.Ordinal));
        foreach (var task in _tasks.Values)
        {
            Outcome(task);
            Answers(task, _lines.Where(line => line.Id == task.Task.Id).ToList());
            Order(task);
            Cause(task.Task);
        }
        Refusals();
        Files();
        NoLeaseIsLeft(document);
    }

    private FleetClaims At(string id) => _tasks[id];

    private bool Is(string id, string tag) => _graph[id].Tags.Contains(tag);

    // Each task is where the failures of others let it come, and nothing is left behind.
    private void Outcome(FleetClaims task)
    {
        var isKept = task.Task.Dependencies.Any(id => At(id).Task.Status is AgentTaskStatus.Failed or AgentTaskStatus.Blocked);
        var id = task.Task.Id;
        switch (task.Task.Status)
        {
            case AgentTaskStatus.Done:
                Assert.False(isKept || Is(id, "poison"), id);
                Assert.Equal(1, task.Times("Done"));
                break;
            case AgentTaskStatus.Blocked:
                Assert.True(isKept, id);
                break;
            case AgentTaskStatus.Failed:
                Assert.False(isKept, id);
                Failure(task);
                break;
            default:
                Assert.Fail($"{id} is left in {task.Task.StatusText}");
                break;
        }
        Assert.Null(task.Task.StartedAt);
    }

    // Reported as often as it may be tried, struck out by the dead, or timed out.
    private void Failure(FleetClaims task)
    {
        var (id, failure) = (task.Task.Id, task.Task.Failure);
        Assert.NotNull(failure);
        if (task.Task.Strikes >= 3)
            Assert.True(task.All.Count(claim => _killed.Contains(claim.Agent)) >= 3, id);
        else if (Is(id, "slow"))
            Assert.Contains("timed out", failure.Reason, StringComparison.Ordinal);
        else
            Assert.True(Is(id, "poison") && task.Task.Attempt >= task.Task.MaxAttempt
                && failure.Reason == $"attempt {task.Task.Attempt} went wrong", $"{id}: {failure}");
    }

    private void Answers(FleetClaims task, List<FleetLine> lines)
    {
        var id = task.Task.Id;
        var claimed = lines.Where(line => line.What == "claimed").Select(line => (line.Agent.Name, line.Token)).ToList();
        Assert.Equal(claimed.Count, claimed.Distinct().Count());
        Assert.All(claimed, claim => Assert.Contains(claim, task.All));
        // A claim that nobody was told of was made for somebody who was killed before he could write it down.
        Assert.All(task.All.Where(claim => !claimed.Contains(claim)), claim => Assert.Contains(claim.Agent, _killed));
        if (_graph[id].Requires.Count > 0)
            Assert.All(task.All, claim => Assert.EndsWith(FleetGraph.Capability, claim.Agent, StringComparison.Ordinal));

        // One end a claim.
        var ends = lines.Where(line => line.What is "done" or "failed").ToList();
        Assert.Equal(ends.Count, ends.Select(line => line.Token).Distinct().Count());
        var done = ends.Where(line => line.What == "done").ToList();
        if (task.Task.Status != AgentTaskStatus.Done)
            Assert.Empty(done);
        else if (done.Count == 0)
            Assert.Contains(task.Last.Agent, _killed);
        else
            Assert.Equal(task.Last, (Assert.Single(done).Agent.Name, done[0].Token));
    }

    // What it waited for was done before it was claimed, each time.
    private void Order(FleetClaims task)
    {
        foreach (var dependency in task.Task.Dependencies.Where(_ => task.All.Count > 0).Select(At))
            Assert.True(dependency.Task.Status == AgentTaskStatus.Done && dependency.Task.Version < task.All[0].Token,
                $"{task.Task.Id} before {dependency.Task.Id}");
    }

    private void Cause(AgentTask task)
    {
        Assert.Equal(task.Status == AgentTaskStatus.Blocked, task.BlockedBy is not null);
        if (task.BlockedBy is not { } cause)
            return;
        Assert.Contains(cause.Nearest, task.Dependencies);
        Assert.Equal(AgentTaskStatus.Failed, At(cause.Root).Task.Status);
        var nearest = At(cause.Nearest).Task;
        if (nearest.Status == AgentTaskStatus.Failed)
            Assert.Equal(cause.Nearest, cause.Root);
        else
            Assert.True(nearest.Status == AgentTaskStatus.Blocked && Leads(nearest.Id, cause.Root), $"{task.Id}: {cause}");
    }

    private bool Leads(string id, string root) =>
        id == root
            || At(id).Task.Dependencies.Any(next => At(next).Task.Status is AgentTaskStatus.Failed or AgentTaskStatus.Blocked
                && Leads(next, root));

    // Only who was too slow is turned away, and is told that his claim is over.
    private void Refusals() =>
        Assert.All(_lines.Where(line => line.What == "refused"),
            line => Assert.True(Is(line.Id, "slow") && line.Detail.Contains("LeaseLost", StringComparison.Ordinal), line.ToString()));

    // From the claim to the end of a task that is done nobody else had its file.
    private void Files()
    {
        foreach (var sharers in _tasks.Values.SelectMany(task => task.Task.Files.Select(file => (file, task)))
            .GroupBy(pair => pair.file, pair => pair.task))
        {
            foreach (var owner in sharers.Where(task => task.Task.Status == AgentTaskStatus.Done))
            {
                var others = sharers.Where(task => task != owner).SelectMany(task => task.All);
                Assert.DoesNotContain(others, claim => claim.Token > owner.Last.Token && claim.Token < owner.Task.Version);
            }
        }
    }

    // Also those whose holder is dead, which a query would not show.
    private static void NoLeaseIsLeft(string document)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(document));
        Assert.False(json.RootElement.GetProperty("taskLocking").TryGetProperty("files", out var files) && files.GetArrayLength() > 0,
            files.ToString());
    }
}

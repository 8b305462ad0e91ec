using System;
using System.Collections.Generic;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Families;

/// <summary>
/// A graph that is kept up change by change, with parents that are missing, go round in circles and name themselves, tells what a new one
/// tells, and what looking at everything tells.
/// </summary>
public sealed class FamilyGraphTests
{
    private static readonly string[] Ids = ["A", "B", "C", "D", "E", "F", "G"];

    [Fact]
    public void It_tells_the_same_however_it_came_there()
    {
        var only = Surroundings.Setting("TASKLOCKING_SEED");
        var first = only ?? Random.Shared.Next();
        for (var run = 0; run < (only is null ? 200 : 1); run++)
            Run(unchecked(first + run));
    }

    [Fact]
    public void A_parent_of_ten_thousand_is_told_of_each_in_one_step()
    {
        const int Children = 10_000;
        var children = Enumerable.Range(0, Children).Select(each => Of("C" + each, AgentTaskStatus.Todo, "P"));
        var graph = new TaskGraph([Scene.Task("P"), .. children]);
        Assert.Equal((Children, Children), (graph.ChildCountOf("P"), graph.OpenChildCountOf("P")));
        for (var each = 0; each < Children; each++)
        {
            Assert.Equal((Children - each, each), (graph.OpenChildCountOf("P"), graph.DoneChildCountOf("P")));
            graph.Set("C" + each, Of("C" + each, AgentTaskStatus.Done, "P"));
            Assert.NotEqual("C" + each, graph.AnyOpenChildOf("P"));
        }
        Assert.Equal((0, Children, null), (graph.OpenChildCountOf("P"), graph.DoneChildCountOf("P"), graph.AnyOpenChildOf("P")));
        Assert.Equal(["P"], graph.Open.Select(task => task.Id));
    }

    [Fact]
    public void Levels_are_counted_down_to_the_last_and_no_further_than_asked()
    {
        (string Id, string? Parent)[] tasks = [("A", null), ("B", "A"), ("C", "A"), ("D", "C"), ("X", "Y"), ("Y", "X")];
        var graph = new TaskGraph([.. tasks.Select(task => Of(task.Id, AgentTaskStatus.Todo, task.Parent))]);
        Assert.Equal([3, 1, 2, 1, 9, 1], new[] { "A", "B", "C", "D", "X", "none" }.Select(id => graph.LevelsOf(id, 9)));
        Assert.Equal(2, graph.LevelsOf("A", 2));
        Assert.Equal(["B", "C", "D"], graph.Below("A").Order());
        Assert.Equal(["Y"], graph.Below("X"));
    }

    private static void Run(int seed)
    {
        var random = new Random(seed);
        var tasks = new List<AgentTask>();
        var graph = new TaskGraph([]);
        if (random.Next(2) == 0)
            _ = (graph.Stuck, graph.OpenTasks, graph.Ready, graph.FindCycles());
        for (var act = 0; act < 40; act++)
        {
            var id = Ids[random.Next(Ids.Length)];
            var at = tasks.FindIndex(task => task.Id == id);
            var task = random.Next(6) == 0 ? null : Any(random, id);
            if (at >= 0)
                tasks.RemoveAt(at);
            if (task is not null)
                tasks.Add(task);
            graph.Set(id, task);
            var (kept, anew, looked) = (Show(graph), Show(new TaskGraph(tasks)), Show(tasks));
            Assert.True(kept == anew, $"TASKLOCKING_SEED={seed}, act {act}:\n{kept}\nkept, and anew\n{anew}");
            Assert.True(Plain(graph) == looked, $"TASKLOCKING_SEED={seed}, act {act}:\n{Plain(graph)}\nfound, and by looking\n{looked}");
        }
    }

    private static AgentTask Any(Random random, string id) => Scene.Stored(
        Of(id, (AgentTaskStatus)random.Next((int)AgentTaskStatus.Unknown), random.Next(3) == 0 ? null : Ids[random.Next(Ids.Length)])
            .Having(facts => facts with
            {
                Dependencies = [.. Ids.Where(_ => random.Next(7) == 0)],
                Priority = (TaskPriority)random.Next(4),
            }));

    private static string Show(TaskGraph graph) => Plain(graph) + "\n" + string.Join('\n', Ids.Select(id =>
        $"{id}: {string.Join(',', graph.ChildrenOf(id))}; {string.Join(',', graph.OpenChildrenOf(id))}; {graph.TallyOf(id)}; "
        + $"{string.Join(',', graph.Below(id).Order())}; {graph.LevelsOf(id, 5)}; {string.Join('>', graph.CycleOf(id))}"))
        + "\n" + string.Join(" ", graph.FindCycles().Select(circle => string.Join('>', circle)))
        + "\n" + string.Join(',', graph.Stuck.Select(node => node.Id)) + "\n" + string.Join(',', graph.Parents) + graph.HasParents;

    private static string Plain(TaskGraph graph) => string.Join('\n',
        string.Join(',', graph.Open.Select(task => task.Id).Order()),
        string.Join(',', graph.OpenInNoOrder.Select(task => task.Id).Order()),
        string.Join(',', Ids.Where(id => graph.CycleOf(id).Count > 0)),
        string.Join(',', graph.Parentless.Select(each => each.TaskId + "<" + each.Missing).Order()),
        string.Join(',', Ids.Select(id => graph.OpenChildCountOf(id))));

    private static string Show(List<AgentTask> tasks)
    {
        var open = tasks.Where(task => task.Status == AgentTaskStatus.Todo
            && task.Dependencies.All(id => tasks.Exists(other => other.Id == id && other.IsMet))
            && !tasks.Exists(child => child.Parent == task.Id && !child.IsClosed)).Select(task => task.Id).Order().ToList();
        return string.Join('\n',
            string.Join(',', open),
            string.Join(',', open),
            string.Join(',', Ids.Where(id => Reached(tasks, id).Contains(id))),
            string.Join(',', tasks.Where(task => task.Parent is not null && !tasks.Exists(other => other.Id == task.Parent))
                .Select(task => task.Id + "<" + task.Parent).Order()),
            string.Join(',', Ids.Select(id => tasks.Count(task => task.Parent == id && !task.IsClosed))));
    }

    private static HashSet<string> Reached(List<AgentTask> tasks, string id)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>([id]);
        while (open.Count > 0)
        {
            var at = open.Dequeue();
            var awaited = (tasks.Find(task => task.Id == at)?.Dependencies ?? [])
                .Concat(tasks.Where(task => task.Parent == at).Select(task => task.Id));
            foreach (var next in awaited.Where(reached.Add))
                open.Enqueue(next);
        }
        return reached;
    }

    private static AgentTask Of(string id, AgentTaskStatus status, string? parent) =>
        Scene.Task(id).Having(facts => facts with { Status = status, StatusText = TodoWords.Of(status), Parent = parent });
}

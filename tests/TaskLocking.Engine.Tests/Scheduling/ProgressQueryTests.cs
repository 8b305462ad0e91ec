using System.Collections.Generic;
using System.Linq;
using TaskLocking.Board;
using TaskLocking.Ready;
using TaskLocking.Tests.Leases;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Scheduling;

public sealed class ProgressQueryTests
{
    [Fact]
    public void Every_status_is_counted_where_it_belongs_and_cancelled_nowhere()
    {
        var statuses = new[]
        {
            AgentTaskStatus.Done, AgentTaskStatus.Done, AgentTaskStatus.InProgress, AgentTaskStatus.Review, AgentTaskStatus.Todo,
                AgentTaskStatus.Blocked,
            AgentTaskStatus.Failed, AgentTaskStatus.Cancelled,
        };
        var progress = Of(ReadyScene.State(statuses.Select((status, i) => Scene.Task("T" + i).Is(status))));
        Assert.Equal((2, 2, 2, 1, 7, 1),
            (progress.Completed, progress.InProgress, progress.Pending, progress.Failed, progress.Total, progress.Ready));
        Assert.Equal(28.6, progress.Percent);
        Assert.Equal(["T6"], progress.FailedTaskIds);
        Assert.Equal(statuses.Distinct().Order(), progress.ByStatus.Keys.Order());
        Assert.Equal(2, progress.ByStatus[AgentTaskStatus.Done]);
        Assert.Empty(progress.Cycle);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 3, 0)]
    [InlineData(1, 3, 33.3)]
    [InlineData(2, 3, 66.7)]
    [InlineData(1, 8, 12.5)]
    [InlineData(1, 80, 1.3)]
    [InlineData(3, 3, 100)]
    public void The_percentage_has_one_decimal(int done, int total, double percent) =>
        Assert.Equal(percent,
            Of(ReadyScene.State(Enumerable.Range(0, total)
                .Select(i => Scene.Task("T" + i).Is(i < done ? AgentTaskStatus.Done : AgentTaskStatus.Todo)))).Percent);

    [Fact]
    public void A_swarm_has_its_own_numbers_and_the_circles_below_it()
    {
        List<AgentTask> tasks =
        [
            Scene.Task("A").Having(facts => facts with { Swarm = "s" }),
            Scene.Task("B", "X").Having(facts => facts with { Swarm = "s" }),
            Scene.Task("C").Having(facts => facts with { Swarm = "t" }),
            Scene.Task("X", "Y"),
            Scene.Task("Y", "X"),
        ];
        var progress = Of(ReadyScene.State(tasks), "s");
        Assert.Equal(("s", 2, 1), (progress.Swarm, progress.Total, progress.Ready));
        Assert.Equal(["X", "Y"], progress.Cycle);
        Assert.Empty(Of(ReadyScene.State(tasks), "t").Cycle);
        Assert.Equal(0, Of(ReadyScene.State(tasks), "none").Total);
    }

    [Fact]
    public void Leases_of_its_tasks_and_agents_count_while_they_hold()
    {
        var state = ReadyScene.State(
            [Scene.Task("A").OwnedBy("a").Having(facts => facts with { Swarm = "s" }),
                Scene.Task("B").Having(facts => facts with { Swarm = "s" })],
            null,
            FileScene.Lease("of-agent", "a"), FileScene.Lease("of-task", "x", task: "B"), FileScene.Lease("of-other-task", "a", task: "C"),
            FileScene.Lease("of-nobody", "y"), FileScene.Lease("lapsed", "a", minutes: -1));
        Assert.Equal(["of-agent", "of-task"], Of(state, "s").LockedFiles);
        Assert.Equal(2, Of(state, "s").ActiveLocks);
        Assert.Equal(4, Of(state).ActiveLocks);
    }

    [Fact]
    public void The_report_counts_and_names_what_is_wrong()
    {
        var report = GraphQueries.Report(ReadyScene.State([Scene.Task("A", "B", "B", "none"), Scene.Task("B", "A"),
            Scene.Task("C", "gone"), Scene.Task("S", "S")]));
        Assert.Equal((4, 5, false), (report.Tasks, report.Dependencies, report.IsHealthy));
        Assert.Equal(["A B", "S"], report.Cycles.Select(cycle => string.Join(" ", cycle)));
        Assert.Equal([new DanglingDependency("A", "none"), new DanglingDependency("C", "gone")], report.Dangling);
        Assert.True(GraphQueries.Report(ReadyScene.State([Scene.Task("A"), Scene.Task("B", "A")])).IsHealthy);
    }

    private static TaskProgress Of(MemoryState state, string? swarm = null) =>
        ProgressQuery.Of(state, swarm, Scene.Now, ReadyScene.OnlyPidOneLives);
}

using System;
using System.Linq;
using TaskLocking.Model;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>What one store has acknowledged every other one sees, at once and whole.</summary>
public abstract class VisibilityContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    [Fact]
    public void A_fresh_place_has_no_tasks()
    {
        Assert.Empty(One.GetTasks());
        Assert.Null(Two.FindTask("A"));
        Assert.Empty(One.GetWorkload());
    }

    [Fact]
    public void A_definition_is_seen_with_every_field()
    {
        var definition = new TaskDefinition("T-1")
        {
            Name = "Räume \"auf\" \\ 🚀",
            Agent = "builder-1",
            TaskFile = "tasks/one.md",
            Content = "text\r\nof lines\n",
            Priority = TaskPriority.Critical,
            Dependencies = ["nowhere", "T-0"],
            Swarm = "swarm-7",
            Tags = ["a", "b"],
            Requires = ["gpu"],
        };
        var made = Assert.Single(One.Define([definition]));
        Assert.True(made.Changed);

        var seen = Assert.IsType<AgentTask>(Two.FindTask("T-1"));
        Assert.Equal((definition.Name, definition.Agent, definition.TaskFile, definition.Content, definition.Priority, definition.Swarm),
            (seen.Name, seen.Agent, seen.TaskFile, seen.Content, seen.Priority, seen.Swarm));
        Assert.Equal(definition.Dependencies, seen.Dependencies);
        Assert.Equal(definition.Tags, seen.Tags);
        Assert.Equal(definition.Requires, seen.Requires);
        Assert.Equal(AgentTaskStatus.Todo, seen.Status);
        Assert.NotNull(seen.Created);
        Assert.Equal(made.Task!.Version, seen.Version);
    }

    [Fact]
    public void A_second_store_that_has_read_already_sees_what_comes_later()
    {
        Define("A");
        Assert.NotNull(Two.FindTask("A"));
        for (var round = 0; round < 20; round++)
        {
            One.Edit([new TaskEdit("A") { Content = "round " + round }]);
            Assert.Equal("round " + round, Two.FindTask("A")!.Content);
            Two.Edit([new TaskEdit("A") { Name = "name " + round }]);
            Assert.Equal("name " + round, One.FindTask("A")!.Name);
        }
    }

    [Fact]
    public void Assigning_and_unassigning_are_seen()
    {
        Define("A");
        One.Assign(new AssignmentRequest(["A"], "agent", "x") { Hostname = "h" }, new CommitOptions { By = "me" });
        var assignee = Assert.IsType<Assignee>(Two.FindTask("A")!.Assignee);
        Assert.Equal(("agent", "x", "h", "me"), (assignee.Type, assignee.Name, assignee.Hostname, assignee.AssignedBy));
        Assert.NotNull(assignee.AssignedAt);
        Assert.Equal(1, Assert.Single(Two.GetWorkload()).Open);

        Assert.True(Two.Unassign(new UnassignmentRequest(["A"]) { From = "x" }).Success);
        Assert.Null(One.FindTask("A")!.Assignee);
    }

    [Fact]
    public void A_removal_is_seen_and_the_id_can_be_defined_again()
    {
        Define("A", "B");
        Assert.Null(Assert.Single(One.Remove([new TaskRemoval("A")])).Refusal);
        Assert.Null(Two.FindTask("A"));
        Assert.Equal("B", Assert.Single(Two.GetTasks()).Id);
        Assert.Null(Assert.Single(Two.Define([new TaskDefinition("A") { Name = "again" }])).Refusal);
        Assert.Equal("again", One.FindTask("A")!.Name);
    }

    [Fact]
    public void History_tells_field_values_and_who_in_order()
    {
        Define("A");
        var by = new CommitOptions { By = "rita" };
        One.Edit([new TaskEdit("A") { Status = AgentTaskStatus.InProgress }], by);
        One.Edit([new TaskEdit("A") { Priority = TaskPriority.High }], by);
        One.Assign(new AssignmentRequest(["A"], "human", "kim"), by);

        var history = Two.GetHistory("A").Where(entry => entry.By == "rita").ToList();
        Assert.Equal(
            [("status", "Todo", "In Progress"), ("priority", "medium", "high"), ("assignee", null, "human:kim")],
            history.Select(entry => (entry.Field, entry.OldValue, entry.NewValue)));
        Assert.All(history, entry => Assert.NotNull(entry.Timestamp));
    }

    [Fact]
    public void Done_sets_the_time_and_leaving_it_clears_that()
    {
        Define("A");
        One.Edit([new TaskEdit("A") { Status = AgentTaskStatus.Done }]);
        Assert.NotNull(Two.FindTask("A")!.CompletedAt);
        One.Edit([new TaskEdit("A") { Status = AgentTaskStatus.Todo }]);
        Assert.Null(Two.FindTask("A")!.CompletedAt);
    }

    [Fact]
    public void A_state_that_was_read_does_not_change()
    {
        Define("A");
        using var store = Place.OpenStore();
        var before = store.Read();
        One.Edit([new TaskEdit("A") { Name = "new" }]);
        Define("B");
        Assert.Equal("A", before.Find("A")!.Name);
        Assert.Null(before.Find("B"));
        Assert.Equal(1, before.Count);
        var after = store.Read();
        Assert.True(after.Version > before.Version);
        Assert.Equal(2, after.Count);
    }

    [Fact]
    public void The_report_tells_a_version_that_only_grows()
    {
        var last = 0L;
        var options = new CommitOptions
        {
            OnCommitted = report =>
            {
                Assert.True(report.Wrote);
                Assert.True(report.Version > last);
                last = report.Version;
            },
        };
        for (var number = 0; number < 5; number++)
            (number % 2 == 0 ? One : Two).Define([new TaskDefinition("T-" + number)], options);
        Assert.NotEqual(0, last);
        using var store = Place.OpenStore();
        Assert.Equal(last, store.Read().Version);
    }
}

using System.Linq;
using Xunit;

namespace TaskLocking.StoreContract;

/// <summary>Every refusal by its code, decided over what another store wrote; a refusal changes nothing.</summary>
public abstract class RefusalContract<TPlace> : Contract<TPlace>
    where TPlace : StorePlace, new()
{
    [Fact]
    public void A_second_definition_is_refused_and_changes_nothing()
    {
        Define("A");
        var refusal = Refused(Two.Define([new TaskDefinition("A") { Name = "other" }]));
        Assert.Equal((RefusalCode.TaskAlreadyDefined, "A"), (refusal.Code, refusal.TaskId));
        Assert.Equal("A", Two.FindTask("A")!.Name);
    }

    [Fact]
    public void Of_several_definitions_only_the_known_ones_are_refused()
    {
        Define("A");
        var outcomes = Two.Define([new TaskDefinition("A"), new TaskDefinition("B"), new TaskDefinition("B")]);
        Assert.Equal([RefusalCode.TaskAlreadyDefined, null, RefusalCode.TaskAlreadyDefined],
            outcomes.Select(outcome => outcome.Refusal?.Code));
        Assert.Equal(["A", "B"], One.GetTasks().Select(task => task.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void An_id_that_cannot_be_one_is_refused(string id)
    {
        Assert.Equal(RefusalCode.InvalidArgument, Refused(One.Define([new TaskDefinition(id)])).Code);
        Assert.Empty(Two.GetTasks());
    }

    [Fact]
    public void An_id_of_forty_characters_is_taken_and_one_of_three_hundred_refused()
    {
        Assert.Equal(RefusalCode.InvalidArgument, Refused(One.Define([new TaskDefinition(new string('x', 300))])).Code);
        Define(new string('x', 40));
        Assert.Single(Two.GetTasks());
    }

    [Fact]
    public void A_task_of_somebody_else_is_refused_and_he_is_named()
    {
        Define("A");
        Assert.True(One.Assign(new AssignmentRequest(["A"], "agent", "x")).Success);
        var result = Two.Assign(new AssignmentRequest(["A"], "agent", "y"));
        Assert.False(result.Success);
        Assert.Empty(result.Assigned);
        var refusal = Refused(result.Failed);
        Assert.Equal(RefusalCode.TaskAlreadyAssigned, refusal.Code);
        Assert.True(refusal.ExistingAssignee!.IsSameAs(new Assignee("agent", "x")));
        Assert.Equal("agent:x", One.FindTask("A")!.Assignee!.ToString());
    }

    [Fact]
    public void The_same_name_of_another_type_is_somebody_else()
    {
        Define("A");
        One.Assign(new AssignmentRequest(["A"], "agent", "x"));
        Assert.Equal(RefusalCode.TaskAlreadyAssigned, Refused(Two.Assign(new AssignmentRequest(["A"], "human", "x")).Failed).Code);
        Assert.Equal(RefusalCode.TaskAlreadyAssigned, Refused(Two.Assign(new AssignmentRequest(["A"], "host", "x")).Failed).Code);
    }

    [Fact]
    public void Force_takes_the_task_over()
    {
        Define("A");
        One.Assign(new AssignmentRequest(["A"], "agent", "x"));
        Assert.True(Two.Assign(new AssignmentRequest(["A"], "agent", "y") { Force = true }).Success);
        Assert.Equal("agent:y", One.FindTask("A")!.Assignee!.ToString());
    }

    [Fact]
    public void Assigning_again_to_the_same_is_no_error_and_no_change()
    {
        Define("A");
        One.Assign(new AssignmentRequest(["A"], "agent", "x"));
        var before = One.FindTask("A")!;
        CommitReport? report = null;
        var result = Two.Assign(new AssignmentRequest(["A"], "agent", "x"), new CommitOptions { OnCommitted = told => report = told });
        Assert.True(result.Success);
        Assert.False(Assert.Single(result.Assigned).Changed);
        Assert.NotEqual(true, report?.Wrote);
        Assert.Equal((before.Version, before.ToJson()), (Two.FindTask("A")!.Version, Two.FindTask("A")!.ToJson()));
    }

    [Fact]
    public void A_task_that_is_not_there_is_refused_by_every_verb()
    {
        Define("a");
        Assert.Equal(RefusalCode.TaskNotFound, Refused(Two.Edit([new TaskEdit("A") { Name = "x" }])).Code);
        Assert.Equal(RefusalCode.TaskNotFound, Refused(Two.Remove([new TaskRemoval("A")])).Code);
        Assert.Equal(RefusalCode.TaskNotFound, Refused(Two.Assign(new AssignmentRequest(["A"], "agent", "x")).Failed).Code);
        Assert.Equal(RefusalCode.TaskNotFound, Refused(Two.Unassign(new UnassignmentRequest(["A"]) { Force = true }).Failed).Code);
        Assert.Equal(RefusalCode.TaskNotFound, Thrown(() => Two.GetHistory("A")).Code);
        Assert.Equal(RefusalCode.TaskNotFound, Thrown(() => Two.Hold(["A"])).Code);
    }

    [Fact]
    public void Only_the_owner_or_force_unassigns()
    {
        Define("A");
        One.Assign(new AssignmentRequest(["A"], "agent", "x"));
        Assert.Equal(RefusalCode.NotOwner, Refused(Two.Unassign(new UnassignmentRequest(["A"]) { From = "y" }).Failed).Code);
        Assert.Equal(RefusalCode.NotOwner, Refused(Two.Unassign(new UnassignmentRequest(["A"]) { From = "human:x" }).Failed).Code);
        Assert.NotNull(One.FindTask("A")!.Assignee);
        Assert.True(Two.Unassign(new UnassignmentRequest(["A"]) { From = "agent:x" }).Success);
    }

    [Fact]
    public void Whoever_read_an_older_version_is_refused()
    {
        Define("A");
        var read = Two.FindTask("A")!.Version;
        One.Edit([new TaskEdit("A") { Name = "newer" }]);

        var refusal = Refused(Two.Edit([new TaskEdit("A") { Name = "stale", IfVersion = read }]));
        Assert.Equal((RefusalCode.VersionChanged, read, One.FindTask("A")!.Version),
            (refusal.Code, refusal.ExpectedVersion, refusal.FoundVersion));
        Assert.Equal(RefusalCode.VersionChanged,
            Refused(Two.Assign(new AssignmentRequest(["A"], "agent", "x") { IfVersion = read }).Failed).Code);
        Assert.Equal(RefusalCode.VersionChanged, Refused(Two.Remove([new TaskRemoval("A", IfVersion: read)])).Code);
        Assert.Equal("newer", One.FindTask("A")!.Name);
    }

    [Fact]
    public void A_version_stays_good_while_others_change_other_tasks()
    {
        Define("A", "B");
        var read = Two.FindTask("A")!.Version;
        One.Edit([new TaskEdit("B") { Name = "newer" }]);
        var outcome = Assert.Single(Two.Edit([new TaskEdit("A") { Name = "fresh", IfVersion = read }]));
        Assert.Null(outcome.Refusal);
        Assert.True(outcome.Task!.Version > read);
    }

    [Fact]
    public void What_others_depend_on_is_not_removed_without_force()
    {
        Define("A");
        One.Define([new TaskDefinition("B") { Dependencies = ["A"] }]);
        var refusal = Refused(Two.Remove([new TaskRemoval("A")]));
        Assert.Equal(RefusalCode.TaskHasDependents, refusal.Code);
        Assert.Equal(["B"], refusal.Ids);
        Assert.Null(Assert.Single(Two.Remove([new TaskRemoval("A", Force: true)])).Refusal);
    }

    [Fact]
    public void A_circle_of_dependencies_is_refused_and_named()
    {
        One.Define([new TaskDefinition("A") { Dependencies = ["B"] }]);
        var refusal = Refused(Two.Define([new TaskDefinition("B") { Dependencies = ["A"] }]));
        Assert.Equal(RefusalCode.DependencyCycle, refusal.Code);
        Assert.Equal(["A", "B"], refusal.Ids.Distinct().Order());
    }
}

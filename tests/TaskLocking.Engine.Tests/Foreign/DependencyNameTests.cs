using System;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Foreign;

/// <summary>What a document says in a way that nobody expects counts as not met, and is told: no task is taken too early.</summary>
public sealed class DependencyNameTests : IDisposable
{
    private readonly TempWorkspace _workspace = new(inMemory: true);

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("Dependencies")]
    [InlineData("DependsOn")]
    [InlineData("depends-on")]
    [InlineData("dependsontasks")]
    [InlineData("deps")]
    [InlineData("needs")]
    [InlineData("blockers")]
    [InlineData("blockedByIds")]
    [InlineData("BLOCKED_BY")]
    [InlineData("prerequisites")]
    [InlineData("prerequisite_ids")]
    [InlineData("requires")]
    [InlineData("requires_tasks")]
    [InlineData("required_tasks")]
    [InlineData("task_dependencies")]
    [InlineData("waits_for")]
    [InlineData("predecessors")]
    [InlineData("isBlocked")]
    [InlineData("depend_on")]
    [InlineData("dependency_list")]
    [InlineData("hard_deps")]
    [InlineData("preconditions")]
    [InlineData("precededBy")]
    [InlineData("after")]
    [InlineData("afterTasks")]
    [InlineData("d\\u0065ps")]
    public void Whatever_it_is_called_a_task_waits_for_what_it_names(string name)
    {
        Write($$"""{"id":"X","{{name}}":["A","missing"]}""", """{"id":"A","status":"Todo"}""", $$"""{"id":"Y","{{name}}":[["odd"]]}""",
            $$"""{"id":"Z","{{name}}":true}""", $$"""{"id":"free","{{name}}":false}""");
        using var board = _workspace.Open(oneShot: true);
        Assert.Equal(["A", "free"], board.GetReady().Select(task => task.Id));
        var report = board.CheckGraph();
        Assert.Equal(["X missing"], report.Dangling.Select(dangling => $"{dangling.TaskId} {dangling.Missing}"));
        Assert.Equal(["Y", "Z"], report.NotUnderstood.Select(finding => finding.TaskId));
        board.Assign(new AssignmentRequest(["X", "Y"], "agent", "a"));
        Assert.All(board.Start([new StartRequest("X", new LeaseHolder("a")), new StartRequest("Y", new LeaseHolder("a"))]),
            outcome => Assert.Equal(RefusalCode.TaskNotReady, outcome.Refusal!.Code));
        // What is changed by us stands under our name alone.
        Assert.Null(board.RemoveDependencies([new DependencyEdit("X", ["missing"])])[0].Refusal);
        board.Sync();
        using var again = _workspace.Open();
        Assert.Equal(["A"], again.FindTask("X")!.Dependencies);
    }

    [Theory]
    [InlineData("description")]
    [InlineData("requirements")]
    [InlineData("required")]
    [InlineData("blocking")]
    [InlineData("project_id")]
    [InlineData("needle")]
    [InlineData("taskNumber")]
    public void Other_names_are_none(string name)
    {
        Write($$"""{"id":"X","{{name}}":"A"}""", """{"id":"A","status":"Todo"}""");
        using var board = _workspace.Open();
        Assert.Equal(2, board.GetReady().Count);
    }

    [Fact]
    public void What_names_its_dependents_is_told()
    {
        Write("""{"id":"X","blocks":["A"]}""", """{"id":"A","status":"Todo"}""");
        using var board = _workspace.Open();
        Assert.Equal("blocks", Assert.Single(board.CheckGraph().NotUnderstood).Field);
    }

    [Fact]
    public void Numbers_stay_numbers()
    {
        Write("""{"id":"X","dependencies":[1, 2.0,{"id":3}]}""", """{"id":"Y","depends_on":7}""");
        using var board = _workspace.Open(oneShot: true);
        Assert.All(board.AddDependencies([new DependencyEdit("X", ["A"]), new DependencyEdit("Y", ["A"])]),
            outcome => Assert.Null(outcome.Refusal));
        board.RemoveDependencies([new DependencyEdit("X", ["2.0"])]);
        board.Sync();
        var document = File.ReadAllText(_workspace.Document);
        Assert.Contains("""[1,{"id":3},"A"]""", document, StringComparison.Ordinal);
        Assert.Contains("""[7,"A"]""", document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("taskLocking", "\"claimed by bob\"")]
    [InlineData("taskLocking", "[]")]
    [InlineData("taskLocking", "7")]
    [InlineData("taskLocking.claim", """{"claim":"bob"}""")]
    [InlineData("taskLocking.claim", """{"claim":{"token":"x","agent":"bob"}}""")]
    [InlineData("taskLocking.allow", """{"allow":{"only":"bob"}}""")]
    [InlineData("taskLocking.allow", """{"allow":[["bob"]]}""")]
    [InlineData("taskLocking.requires", """{"requires":5}""")]
    [InlineData("taskLocking.files", """{"files":{"a":1}}""")]
    [InlineData("taskLocking.review", """{"review":"by anna"}""")]
    public void What_we_keep_of_a_task_and_cannot_read_is_told_and_nobody_gets_it(string name, string own)
    {
        Write($$"""{"id":"X","taskLocking":{{own}}}""", """{"id":"W","dependencies":["X"]}""");
        using var board = _workspace.Open(oneShot: true);
        Assert.Empty(board.GetReady());
        Assert.Null(board.Request(new TaskRequest(new LeaseHolder("a"))).Task);
        Assert.Equal([(TodoFindingKind.Own, name)], board.CheckGraph().NotUnderstood.Select(finding => (finding.Kind, finding.Field)));
        Assert.Contains("X", board.CheckGraph().Stuck.Select(stuck => stuck.TaskId));
        if (name is "taskLocking" or "taskLocking.claim")
        {
            Assert.Equal(RefusalCode.NotOwner, board.Restart([new RestartRequest("X")])[0].Refusal!.Code);
            Assert.Equal(RefusalCode.NotOwner, board.Edit([new TaskEdit("X") { Status = AgentTaskStatus.Done }])[0].Refusal!.Code);
            Assert.Equal(RefusalCode.NotOwner, board.Remove([new TaskRemoval("X")])[0].Refusal!.Code);
            Assert.Null(board.Restart([new RestartRequest("X") { Force = true }])[0].Refusal);
        }
        else
        {
            Assert.Null(board.Edit([new TaskEdit("X") { AllowedAgents = [], Requires = [], Files = [], NeedsReview = false }])[0].Refusal);
        }
        board.Sync();
        using var again = _workspace.Open();
        Assert.Empty(again.CheckGraph().NotUnderstood);
        Assert.Equal("X", Assert.Single(again.GetReady()).Id);
    }

    [Fact]
    public void What_cannot_be_read_is_not_started_by_who_has_it_assigned()
    {
        Write("""{"id":"X","assignee":"a","taskLocking":"?"}""");
        using var board = _workspace.Open();
        Assert.Equal(RefusalCode.TaskNotReady, board.Start([new StartRequest("X", new LeaseHolder("a"))])[0].Refusal!.Code);
    }

    private void Write(params string[] todos)
    {
        Directory.CreateDirectory(_workspace.Store);
        File.WriteAllText(_workspace.Document, "{\"todos\":[" + string.Join(",", todos) + "]}");
    }
}

using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using TaskLocking.Rules;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Foreign;

/// <summary>Our changes of what another tool wrote: only what is changed is written anew, and what we set counts from then on.</summary>
public sealed class ForeignChangeTests
{
    private const string Blocks = """{"issue_id":"T","depends_on_id":"A","type":"blocks","created_by":"x"}""";
    private const string Related = """{"issue_id":"T","depends_on_id":"R","type":"related"}""";
    private const string Unclear = """{"depends_on_id":"P","type":"parent-child"}""";

    [Fact]
    public void Dependencies_that_stay_are_left_as_they_are_written()
    {
        using var workspace = With($$"""{"id":"T","dependencies":[{{Blocks}}, {{Related}}, {{Unclear}}, 7]}""");
        Change(workspace, board => board.AddDependencies([new("T", ["B"])]));
        Assert.Equal($"[{Blocks},{Related},{Unclear},7,\"B\"]", Json(workspace, "dependencies"));
        Change(workspace, board => board.RemoveDependencies([new("T", ["A", "7"])]));
        Assert.Equal($"[{Related},{Unclear},\"B\"]", Json(workspace, "dependencies"));
        Assert.Equal(["B"], Task(workspace).Dependencies);
        Assert.Equal(["dependencies: " + Unclear], Task(workspace).NotUnderstood);
    }

    [Fact]
    public void One_that_is_not_understood_is_taken_out_by_its_text()
    {
        using var workspace = With($$"""{"id":"T","dependencies":["A", { "depends_on_id" : "P", "type" : "parent-child" }]}""");
        Assert.False(Task(workspace).IsUnderstood);
        var outcome = Change(workspace, board => board.RemoveDependencies([new("T", [Unclear])]));
        Assert.True(outcome.Changed);
        Assert.Equal("[\"A\"]", Json(workspace, "dependencies"));
        Assert.True(Task(workspace).IsUnderstood);
        using var board = workspace.Open();
        Assert.Equal("A, " + Unclear, board.GetHistory("T")[^1].OldValue);
        Assert.False(Assert.Single(board.RemoveDependencies([new("T", [Unclear])])).Changed);
    }

    [Fact]
    public void A_whole_new_list_replaces_all_of_it()
    {
        using var workspace = With($$"""{"id":"T","depends_on":"A,B","blocked_by":[{{Unclear}}],"dependencies":[{{Blocks}}]}""");
        Assert.Equal(["A", "B"], Task(workspace).Dependencies);
        Change(workspace, board => board.Edit([new TaskEdit("T") { Dependencies = ["B"] }]));
        Assert.Equal(["B"], Task(workspace).Dependencies);
        Assert.Empty(Task(workspace).NotUnderstood);
        Assert.Equal("[\"B\"]", Json(workspace, "dependencies"));
        Assert.Null(Json(workspace, "depends_on"));
        Assert.Null(Json(workspace, "blocked_by"));
    }

    [Fact]
    public void What_is_added_to_a_list_of_another_name_is_one_list_with_it()
    {
        using var workspace = With("""{"id":"T","depends":"A,B"}""");
        Change(workspace, board => board.AddDependencies([new("T", ["C"])]));
        Assert.Equal("[\"A\",\"B\",\"C\"]", Json(workspace, "dependencies"));
        Assert.Null(Json(workspace, "depends"));
        Change(workspace, board => board.RemoveDependencies([new("T", ["A", "B", "C"])]));
        Assert.Empty(Task(workspace).Dependencies);
    }

    [Fact]
    public void A_change_of_anything_else_touches_none_of_it()
    {
        using var workspace = With($$"""{"id":"T","dependencies":[{{Unclear}},null],"assignees":["a","b"],"wait":"soon"}""");
        Change(workspace, board => board.Edit([new TaskEdit("T") { Priority = TaskPriority.High }]));
        Assert.Equal($"[{Unclear},null]", Json(workspace, "dependencies"));
        Assert.Equal("[\"a\",\"b\"]", Json(workspace, "assignees"));
        Assert.Equal(4, Task(workspace).NotUnderstood.Count);
    }

    [Theory]
    [InlineData("assignee")]
    [InlineData("assignees")]
    public void To_assign_it_says_who_has_it_and_to_take_that_back_leaves_nobody(string member)
    {
        using var workspace = With($$"""{"id":"T","{{member}}":["ann","bob"]}""");
        using (var board = workspace.Open(oneShot: true))
        {
            Assert.Null(board.Request(new TaskRequest(new LeaseHolder("w"))).Task);
            Assert.True(board.Assign(new AssignmentRequest(["T"], "agent", "ann")).Success);
        }
        Assert.Equal("agent:ann", Task(workspace).Assignee?.ToString());
        Assert.Empty(Task(workspace).NotUnderstood);
        using (var board = workspace.Open(oneShot: true))
            Assert.True(board.Unassign(new UnassignmentRequest(["T"]) { Force = true }).Success);
        Assert.Null(Task(workspace).Assignee);
        Assert.Empty(Task(workspace).NotUnderstood);
        using var last = workspace.Open();
        Assert.Equal("T", last.Request(new TaskRequest(new LeaseHolder("w"))).Task?.Id);
    }

    [Theory]
    [InlineData("""{"id":"T","wait":"2999-01-01T00:00:00Z"}""")]
    [InlineData("""{"id":"T","defer_until":"some day","scheduled":"2999-01-01"}""")]
    [InlineData("""{"id":"T","taskLocking":{"notBefore":"later"}}""")]
    public void A_time_that_a_person_sets_counts_alone(string todo)
    {
        using var workspace = With(todo);
        using (var board = workspace.Open(oneShot: true))
            Assert.Empty(board.GetReady());
        Change(workspace, board => board.Edit([new TaskEdit("T") { NotBefore = DateTimeOffset.UtcNow.AddDays(-1) }]));
        Assert.Null(Task(workspace).NotBefore);
        using var after = workspace.Open();
        Assert.Equal("T", Assert.Single(after.GetReady()).Id);
    }

    [Fact]
    public void What_is_not_understood_is_no_reason_to_start()
    {
        using var workspace = With($$"""{"id":"T","dependencies":[{{Unclear}}],"assignee":"w"}""");
        using var board = workspace.Open();
        var refusal = Assert.Single(board.Start([new StartRequest("T", new LeaseHolder("w"))])).Refusal!;
        Assert.Equal(RefusalCode.TaskNotReady, refusal.Code);
        Assert.Contains("not understood", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(ReadinessCode.NotUnderstood, board.Explain("T").Reasons.Select(reason => reason.Code));
    }

    // In the order of the queue: by priority, then age. Which zone a time without an offset is of, nobody can tell.
    [Theory]
    [InlineData("2026-03-01T10:00:00", "2026-03-01T09:00:00.000Z", "first")]
    [InlineData("2026-03-02T10:00:00", "2026-03-01T19:00:00.000Z", "other")]
    [InlineData("2026-03-01 10:00", "2026-03-01T10:00:00.000Z", "first")]
    [InlineData("2026-03-01T10:00:00Z", "2026-03-01T09:00:00.000Z", "other")]
    public void A_time_without_an_offset_is_not_compared_as_if_it_were_UTC(string naive, string ours, string next)
    {
        using var workspace = With($$"""{"id":"other","created":"{{ours}}"},{"id":"first","created":"{{naive}}"}""");
        using var board = workspace.Open();
        Assert.Equal(next, board.GetReady()[0].Id);
    }

    private static TempWorkspace With(string todos)
    {
        var workspace = new TempWorkspace(inMemory: true);
        Directory.CreateDirectory(workspace.Store);
        File.WriteAllText(workspace.Document, $$"""{"todos":[{{todos}}]}""");
        return workspace;
    }

    // In a process of its own each, as far as the store can tell: what is read is what was written.
    private static TaskOutcome Change(TempWorkspace workspace, Func<TaskBoard, System.Collections.Generic.IReadOnlyList<TaskOutcome>> act)
    {
        using var board = workspace.Open(oneShot: true);
        var outcome = Assert.Single(act(board));
        Assert.Null(outcome.Refusal);
        Assert.Equal(outcome.Task!.Dependencies, board.FindTask("T")!.Dependencies);
        Assert.Equal(outcome.Task.NotUnderstood, board.FindTask("T")!.NotUnderstood);
        board.Sync();
        return outcome;
    }

    private static AgentTask Task(TempWorkspace workspace)
    {
        using var board = workspace.Open();
        return board.FindTask("T")!;
    }

    private static string? Json(TempWorkspace workspace, string member)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(workspace.Document));
        return document.RootElement.GetProperty("todos")[0].TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.GetRawText()
            : null;
    }
}

using System;
using System.Linq;
using TaskLocking.Model;
using TaskLocking.Tests.Tasks;
using Xunit;

namespace TaskLocking.Tests.Foreign;

/// <summary>What a todo of another tool is read as. What is not understood keeps the task from being taken.</summary>
public sealed class ForeignShapeTests
{
    [Theory]
    [InlineData("""["A","B"]""", "A B")]
    [InlineData("\"A\"", "A")]
    [InlineData("\"A,B\"", "A,B")]
    [InlineData("[1, 2.5, \"3\"]", "1 2.5 3")]
    [InlineData("7", "7")]
    [InlineData("null", "")]
    [InlineData("\"\"", "")]
    [InlineData("[]", "")]
    [InlineData("""[{"depends_on_id":"A","type":"blocks"}]""", "A")]
    [InlineData("""{"depends_on_id":"A","type":"blocks"}""", "A")]
    [InlineData("""[{"id":"A","title":"x","status":"open","dep_type":"blocks"}]""", "A")]
    [InlineData("""[{"issue_id":"T-1","depends_on_id":12}]""", "12")]
    [InlineData("""[{"task_id":"A","taskId":"A","type":"depends-on","created":{"by":["x"]}}]""", "A")]
    [InlineData("""[{"depends_on_id":"A","type":"Related"},{"depends_on_id":"B","type":"discovered_from"},"C"]""", "C")]
    [InlineData("""[{"depends_on_id":"\u0041\u00e9"}]""", "Aé")]
    public void Dependencies_that_are_understood(string json, string ids)
    {
        var task = Scene.FromJson($$"""{"id":"T-1","dependencies":{{json}}}""");
        Assert.Equal(ids, string.Join(" ", task.Dependencies));
        Assert.Empty(task.NotUnderstood);
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("{}", "{}")]
    [InlineData("""{"A":"blocks"}""", """{"A":"blocks"}""")]
    [InlineData("""["A", ""]""", "\"\"", "A")]
    [InlineData("""[" ", null, false]""", "\" \" null false")]
    [InlineData("""[["A"]]""", """["A"]""")]
    [InlineData("""[{"name": "A"}]""", """{"name":"A"}""")]
    [InlineData("""[{"depends_on_id":"A","type":"parent-child"}]""", """{"depends_on_id":"A","type":"parent-child"}""")]
    [InlineData("""[{"depends_on_id":"A","type":null}]""", """{"depends_on_id":"A","type":null}""")]
    [InlineData("""[{"id":"A","type":"blocks","kind":"related"}]""", """{"id":"A","type":"blocks","kind":"related"}""")]
    [InlineData("""[{"depends_on_id":"A","id":"B"}]""", """{"depends_on_id":"A","id":"B"}""")]
    [InlineData("""[{"issue_id":"T-9","depends_on_id":"A"}]""", """{"issue_id":"T-9","depends_on_id":"A"}""")]
    [InlineData("""[{"depends_on_id":["A"]}, "B"]""", """{"depends_on_id":["A"]}""", "B")]
    [InlineData("""[{"depends_on_id":"","type":"related"}]""", """{"depends_on_id":"","type":"related"}""")]
    public void Dependencies_that_are_not_understood_count_as_not_met(string json, string unread, string ids = "")
    {
        var task = Scene.FromJson($$"""{"id":"T-1","status":"Todo","dependencies":{{json}}}""");
        Assert.Equal(ids, string.Join(" ", task.Dependencies));
        Assert.Equal(unread, string.Join(" ", task.NotUnderstood.Select(text => text["dependencies: ".Length..])));
        Assert.False(task.IsUnderstood);
    }

    [Theory]
    [InlineData("""{"dependsOn":"A, B"}""", "A B")]
    [InlineData("""{"depends":"A,B","dependencies":["C","A"]}""", "C A B")]
    [InlineData("""{"depends_on":[{"id":"A"}],"blocked_by":["B"],"blockedBy":null}""", "A B")]
    [InlineData("""{"dependencies":["A"],"dependencies":["B"]}""", "A B")]
    public void Whatever_the_member_is_called(string json, string ids) =>
        Assert.Equal(ids, string.Join(" ", Scene.FromJson(json).Dependencies));

    [Theory]
    [InlineData("0", TaskPriority.Critical)]
    [InlineData("1", TaskPriority.High)]
    [InlineData("2", TaskPriority.Medium)]
    [InlineData("3", TaskPriority.Low)]
    [InlineData("4", TaskPriority.Low)]
    [InlineData("\"P0\"", TaskPriority.Critical)]
    [InlineData("\"p1\"", TaskPriority.High)]
    [InlineData("\"P 2\"", TaskPriority.Medium)]
    [InlineData("\"P3\"", TaskPriority.Low)]
    [InlineData("\"P4\"", TaskPriority.Low)]
    [InlineData("\"H\"", TaskPriority.High)]
    [InlineData("\"Urgent\"", TaskPriority.Critical)]
    public void Priorities_as_numbers_and_letters(string json, TaskPriority priority)
    {
        Assert.Equal(priority, Scene.FromJson($$"""{"priority":{{json}}}""").Priority);
        Assert.True(TodoWords.IsPriority(json.Trim('"')));
        Assert.True(TaskWords.TryReadPriority(json.Trim('"'), out var read));
        Assert.Equal(priority, read);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("P5")]
    [InlineData("soon")]
    public void Any_other_counts_as_medium_and_is_told(string word)
    {
        Assert.Equal(TaskPriority.Medium, TodoWords.Priority(word));
        Assert.False(TodoWords.IsPriority(word));
    }

    [Theory]
    [InlineData("""{"status":"closed"}""", AgentTaskStatus.Done)]
    [InlineData("""{"status":"To Do"}""", AgentTaskStatus.Todo)]
    [InlineData("""{"status":"deferred"}""", AgentTaskStatus.Blocked)]
    [InlineData("""{"status":"tombstone"}""", AgentTaskStatus.Cancelled)]
    [InlineData("""{"status":"Won't do"}""", AgentTaskStatus.Unknown)]
    [InlineData("""{"status":"in_review"}""", AgentTaskStatus.Review)]
    [InlineData("""{"status":null}""", AgentTaskStatus.Todo)]
    [InlineData("""{"status":{"name":"Done"}}""", AgentTaskStatus.Unknown)]
    [InlineData("""{"status":["Done"]}""", AgentTaskStatus.Unknown)]
    [InlineData("""{"status":true}""", AgentTaskStatus.Unknown)]
    [InlineData("""{"status":3}""", AgentTaskStatus.Unknown)]
    [InlineData("""{"state":"closed"}""", AgentTaskStatus.Done)]
    [InlineData("""{"state":"closed","state_reason":"completed"}""", AgentTaskStatus.Done)]
    [InlineData("""{"state":"closed","state_reason":"not_planned"}""", AgentTaskStatus.Cancelled)]
    [InlineData("""{"state_reason":"not_planned","state":"open"}""", AgentTaskStatus.Todo)]
    [InlineData("""{"state":"shipped"}""", AgentTaskStatus.Unknown)]
    [InlineData("""{"status":null,"state":"in progress"}""", AgentTaskStatus.InProgress)]
    [InlineData("""{"status":"Todo","checked":true}""", AgentTaskStatus.Todo)]
    [InlineData("""{"checked":true}""", AgentTaskStatus.Done)]
    [InlineData("""{"is_completed":false}""", AgentTaskStatus.Todo)]
    [InlineData("""{"completed":"2026-01-01"}""", AgentTaskStatus.Todo)]
    public void Statuses_of_other_tools(string json, AgentTaskStatus status) => Assert.Equal(status, Scene.FromJson(json).Status);

    [Theory]
    [InlineData("""{"title":"t"}""", "t")]
    [InlineData("""{"title":"t","name":"n"}""", "n")]
    [InlineData("""{"name":"","title":"t"}""", "t")]
    [InlineData("""{"name":null,"title":7}""", "7")]
    public void A_title_stands_for_a_name(string json, string name) => Assert.Equal(name, Scene.FromJson(json).Name);

    [Theory]
    [InlineData("\"bob\"", "agent:bob")]
    [InlineData("""["bob"]""", "agent:bob")]
    [InlineData("""{"type":"human","name":"bob"}""", "human:bob")]
    [InlineData("""[{"login":"bob","id":3}]""", "agent:bob")]
    [InlineData("null", null)]
    [InlineData("\" \"", null)]
    [InlineData("[]", null)]
    [InlineData("[null]", null)]
    [InlineData("""{"type":null,"name":null}""", null)]
    [InlineData("""{"type":"Human","name":"bob"}""", "human:bob")]
    [InlineData("""{"type":"User","login":"bob"}""", "User:bob")]
    public void Whoever_has_it(string json, string? assignee)
    {
        foreach (var member in new[] { "assignee", "assignees" })
        {
            var task = Scene.FromJson($$"""{"{{member}}":{{json}},"priority":1}""");
            Assert.Equal(assignee, task.Assignee?.ToString());
            Assert.Empty(task.NotUnderstood);
            Assert.Equal(TaskPriority.High, task.Priority);
        }
    }

    [Theory]
    [InlineData("""["bob","ann"]""")]
    [InlineData("17")]
    [InlineData("""{"email":"bob@example.com"}""")]
    [InlineData("""[["bob"]]""")]
    [InlineData("{}")]
    [InlineData("""{"type":"robot","name":"bob"}""")]
    [InlineData("""{"type":5,"name":"bob"}""")]
    [InlineData("true")]
    public void Who_has_it_and_is_not_understood_keeps_everybody_else_from_it(string json)
    {
        foreach (var member in new[] { "assignee", "assignees" })
        {
            var task = Scene.FromJson($$"""{"{{member}}":{{json}},"status":"Todo","priority":1}""");
            Assert.Null(task.Assignee);
            Assert.Equal("assignee: " + json, Assert.Single(task.NotUnderstood));
            Assert.Equal(TaskPriority.High, task.Priority);
        }
    }

    [Theory]
    [InlineData("""{"defer_until":"2026-05-01T10:00:00+02:00"}""", "2026-05-01T08:00:00Z")]
    [InlineData("""{"wait":"20260501T080000Z"}""", "2026-05-01T08:00:00Z")]
    [InlineData("""{"scheduled":"2026-05-01T08:00:00Z","wait":"2026-04-01T08:00:00Z"}""", "2026-05-01T08:00:00Z")]
    [InlineData("""{"taskLocking":{"notBefore":"2026-06-01T08:00:00.000Z"},"wait":"2026-05-01T08:00:00Z"}""", "2026-06-01T08:00:00Z")]
    [InlineData("""{"defer_until":"2026-05-01T08:00:00"}""", "2026-05-01T20:00:00Z")]
    [InlineData("""{"defer_until":"2026-05-01"}""", "2026-05-01T12:00:00Z")]
    [InlineData("""{"taskLocking":{"notBefore":"2026-05-01T08:00:00"}}""", "2026-05-01T20:00:00Z")]
    [InlineData("""{"defer_until":null,"wait":""}""", null)]
    public void It_is_not_started_before_the_latest_moment_that_is_meant(string json, string? time)
    {
        var task = Scene.FromJson(json);
        Assert.Equal(time is null ? null : DateTimeOffset.Parse(time, null), task.NotBefore);
        Assert.Empty(task.NotUnderstood);
    }

    [Theory]
    [InlineData("""{"defer_until":"next week"}""", "next week")]
    [InlineData("""{"wait":[1]}""", "[1]")]
    [InlineData("""{"taskLocking":{"notBefore":"soon"}}""", "soon")]
    public void A_time_that_is_none_keeps_it_from_being_started(string json, string text) =>
        Assert.Equal("not before: " + text, Assert.Single(Scene.FromJson(json).NotUnderstood));

    [Fact]
    public void What_we_write_ourselves_is_understood_and_costs_nothing()
    {
        var task = Scene.FromJson("""
            {"id":"T","name":"n","status":"Todo","priority":"low","tags":[],"dependencies":["A"],"created":"2026-01-01T00:00:00.000Z",
            "assignee":null}
            """);
        Assert.Same(ForeignFacts.None, task.Foreign);
    }
}

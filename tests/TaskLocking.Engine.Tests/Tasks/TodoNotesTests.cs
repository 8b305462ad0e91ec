using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using TaskLocking.Board;
using TaskLocking.Rules;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Tasks;

/// <summary>The comments of a todo in the shapes that tools give them: each is read, and none is lost by one more.</summary>
public sealed class TodoNotesTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public static TheoryData<string, string[]> Shapes { get; } = new()
    {
        { """[{"id":"T-1-C-1","todoId":"T-1","type":"note","content":"a","created":"2026-02-03T04:05:06Z"}]""", ["note|a|t||T-1-C-1"] },
        { """["a", "", "b\n"]""", ["note|a|||", "note|b\n|||"] },
        { """[{"text":"a","author":"ann","timestamp":"2026-02-03T04:05:06.000Z"}]""", ["note|a|t|ann|"] },
        { """[ {"body":"a","user":{"login":"ann","id":3},"created_at":"2026-02-03T05:05:06+01:00"},null ]""", ["note|a|t|ann|"] },
        { """[{"comment":"a","created_by":"ann","date":1770091506}]""", ["note|a|t|ann|"] },
        { """[{"message":["a","b"],"from":"ann","at":1770091506000}]""", ["note|a\nb|t|ann|"] },
        { """{"c1":{"content":"a","type":"Result"},"c2":{"text":"b"},"c3":"c"}""", ["result|a|||c1", "note|b|||c2", "note|c|||c3"] },
        { """{"content":"a","by":"ann"}""", ["note|a||ann|"] },
        { "\"a\"", ["note|a|||"] },
        { """[{"odd": {"x": 1}},7,[["a"],"b"]]""", ["""note|{"odd":{"x":1}}|||""", "note|7|||", "note|a\nb|||"] },
        { """[{"id":1,"note":"a","type":"research_with_links","updated_at":"soon"}]""", ["research_with_links|a|||1"] },
        { "null", [] },
        { "\"\"", [] },
        { "{}", [] },
        { "[]", [] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_shape_is_read(string comments, string[] told) => Assert.Equal(told, Read(Todo(comments)).Select(Text));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void One_more_stands_behind_those_that_stay_as_they_are(string comments, string[] told)
    {
        var draft = Draft(Encoding.UTF8.GetString(Todo(comments)));
        var before = draft.Find("T-1")!;
        Assert.Null(new NoteRule([new NoteRequest("T-1", "new \"é\"")]).Decide(draft)[0].Code());
        Assert.Null(new NoteRule([new NoteRequest("T-1", "r") { Kind = "result" }]).Decide(draft)[0].Code());
        var after = draft.Find("T-1")!;
        Assert.Equal(told.Concat(["new \"é\"|tester@here", "r|tester@here"]).Count(), after.Notes.Count);
        Assert.Equal(told, after.Notes.Take(told.Length).Select(Text));
        Assert.Equal(("new \"é\"", "tester@here", Scene.Now), (after.Notes[^2].Text, after.Notes[^2].By, after.Notes[^2].Created));
        Assert.Equal(("result", "r"), (after.Notes[^1].Kind, after.Result));
        Assert.Equal(after.Notes.Count, after.Notes.Select((note, at) => note.Id ?? at.ToString()).Distinct().Count());
        var there = JsonNode.Parse(before.ToJson())!["comments"];
        foreach (var part in Parts(there))
            Assert.Contains(part, Parts(JsonNode.Parse(after.ToJson())!["comments"]));
        Assert.Equal(Scene.Now, after.LastModified);
    }

    [Fact]
    public void A_number_that_is_taken_is_passed_over()
    {
        var draft = Draft("""{"id":"T-1","comments":[{"id":"T-1-C-2","content":"a"}]}""");
        new NoteRule([new NoteRequest("T-1", "b")]).Decide(draft);
        Assert.Equal("T-1-C-3", draft.Find("T-1")!.Notes[1].Id);
    }

    [Theory]
    [InlineData("", "note")]
    [InlineData(" \n", "note")]
    [InlineData("\e\u0007", "note")]
    [InlineData("a", "comment")]
    public void What_is_no_note_is_refused(string text, string kind) =>
        Assert.Equal(RefusalCode.InvalidArgument,
            new NoteRule([new NoteRequest("T-1", text) { Kind = kind }]).Decide(Draft("""{"id":"T-1"}"""))[0].Code());

    [Fact]
    public void There_is_room_for_much_and_not_for_all()
    {
        var draft = Draft("""{"id":"T-1"}""");
        Assert.Equal(RefusalCode.InvalidArgument, Add(new string('x', 20_001)).Code());
        var added = 0;
        while (Add(new string('x', 20_000)) is { Refusal: null })
            added++;
        Assert.Equal(12, added);
        Assert.Contains("at most 250000", Add(new string('x', 20_000)).Refusal!.Message);
        Assert.Equal(added, draft.Find("T-1")!.Notes.Count);
        Assert.Null(Add("short").Code());

        TaskOutcome Add(string text) => new NoteRule([new NoteRequest("T-1", text)]).Decide(draft)[0];
    }

    [Fact]
    public void What_was_not_read_gets_no_note()
    {
        var draft = Draft("""{"id":"T-1","taskLocking":{"version":3}}""");
        Assert.Equal(RefusalCode.VersionChanged, new NoteRule([new NoteRequest("T-1", "a") { IfVersion = 2 }]).Decide(draft)[0].Code());
        Assert.Equal(RefusalCode.TaskNotFound, new NoteRule([new NoteRequest("T-2", "a")]).Decide(draft)[0].Code());
        Assert.Null(new NoteRule([new NoteRequest("T-1", "a") { IfVersion = 3 }]).Decide(draft)[0].Code());
    }

    private static TaskDraft Draft(string todo) =>
        Scene.Draft(new BoardState(TodoDocument.Parse(Encoding.UTF8.GetBytes($$"""{"todos":[{{todo}}]}"""))));

    private static byte[] Todo(string comments) => Encoding.UTF8.GetBytes($$"""{"id":"T-1", "comments" : {{comments}}}""");

    private static IReadOnlyList<TaskNote> Read(byte[] todo) => TodoNotes.Read(todo);

    private static string Text(TaskNote note)
    {
        Assert.True(note.Created is null || note.Created == Time);
        return $"{note.Kind}|{note.Text}|{(note.Created is null ? "" : "t")}|{note.By}|{note.Id}";
    }

    private static List<string> Parts(JsonNode? comments) => comments switch
    {
        null => [],
        JsonArray list => list.Select(part => part?.ToJsonString() ?? "null").ToList(),
        JsonObject map when map.All(member => member.Value is JsonObject or JsonValue
            && !member.Key.StartsWith("co", StringComparison.Ordinal)
            && member.Key != "by") => map.Select(member => member.Key + member.Value!.ToJsonString()).ToList(),
        _ => comments.ToJsonString() == "\"\"" ? [] : [comments.ToJsonString()],
    };
}

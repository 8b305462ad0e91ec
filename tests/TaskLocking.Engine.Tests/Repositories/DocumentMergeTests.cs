using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Repositories;

/// <summary>Two branches' documents become one, by task.</summary>
public sealed class DocumentMergeTests
{
    [Fact]
    public void What_one_side_changed_counts_and_of_what_both_changed_the_newer()
    {
        var before = Document(Todo("A", "a", 1), Todo("B", "b", 1), Todo("C", "c", 1), Todo("D", "d", 1), Todo("E", "e", 1));
        var ours = Document(Todo("A", "ours", 2), Todo("B", "b", 1), Todo("C", "ours", 9), Todo("E", "e", 1), Todo("F", "f", 2));
        var theirs = Document(Todo("A", "a", 1), Todo("B", "theirs", 3), Todo("C", "theirs", 5), Todo("D", "d", 1), Todo("G", "g", 3));
        // D was taken out by us, E by them, and nobody else touched either; F and G are new.
        Assert.Equal("A ours, B theirs, C ours, F f, G g", Names(Merge(before, ours, theirs)));
        Assert.Equal("B theirs, A ours, C ours, G g, F f",
            Names(Merge(before,
                Document(Todo("B", "theirs", 3), Todo("A", "a", 1), Todo("C", "theirs", 5), Todo("D", "d", 1), Todo("G", "g", 3)), ours)));
    }

    [Fact]
    public void What_was_taken_out_here_and_changed_there_stays()
    {
        var before = Document(Todo("A", "a", 1));
        Assert.Equal("A changed", Names(Merge(before, Document(), Document(Todo("A", "changed", 2)))));
        Assert.Equal("A changed", Names(Merge(before, Document(Todo("A", "changed", 2)), Document())));
    }

    [Fact]
    public void Histories_are_united_and_fields_that_each_changed_both_count()
    {
        const string Start = """
            {"id":"A","name":"a","priority":"low","status":"Todo","lastModified":"2026-01-01T00:00:01Z",
             "changes":[{"field":"x","newValue":"0"}]}
            """;
        var merged = Parse(Merge(Document(Start),
            Document(Start.Replace("\"low\"", "\"high\"", StringComparison.Ordinal)
                .Replace("}]", "},{\"field\":\"x\",\"newValue\":\"1\"}]", StringComparison.Ordinal)),
            Document(Start.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)
                .Replace("}]", "},{\"field\":\"x\",\"newValue\":\"2\"}]", StringComparison.Ordinal))));
        var todo = merged.GetProperty("todos")[0];
        Assert.Equal(("b", "high"), (todo.GetProperty("name").GetString(), todo.GetProperty("priority").GetString()));
        Assert.Equal(["0", "1", "2"], todo.GetProperty("changes").EnumerateArray()
            .Select(change => change.GetProperty("newValue").GetString()).Order());
    }

    [Fact]
    public void Claims_and_marks_of_the_other_side_do_not_come_along()
    {
        static string Claimed(string id, string agent, int time) =>
            Todo(id, agent, time)[..^1] + ",\"taskLocking\":{\"claim\":{\"token\":7,\"agent\":\"" + agent
                + "\"},\"startedAt\":\"2026-01-01T00:00:01Z\",\"attempt\":1}}";
        var before = Document(Todo("A", "a", 1), Todo("B", "b", 1));
        var merged = Parse(Merge(before,
            Marked(Claimed("A", "ours", 2), Todo("B", "b", 1)),
            Marked(Claimed("A", "theirs", 3), Claimed("B", "theirs", 3), Claimed("C", "theirs", 3))));
        Assert.False(merged.TryGetProperty("taskLocking", out _));
        var todos = merged.GetProperty("todos").EnumerateArray()
            .Select(todo => todo.TryGetProperty("taskLocking", out var own) ? own.GetRawText() : "none").ToList();
        Assert.Contains("\"ours\"", todos[0], StringComparison.Ordinal);
        Assert.Equal(["{\"attempt\":1}", "{\"attempt\":1}"], todos[1..]);
    }

    [Fact]
    public void The_rest_of_the_document_and_its_form_are_kept()
    {
        const string Form =
            "{\n  \"project\": {\"name\": NAME},\n  \"todos\": [TODOS\n  ],\n  \"nextTaskNumber\": NEXT,\n  \"lastModified\": " +
                "\"2026-01-01T00:00:0TIMEZ\"EXTRA\n}\n";
        static byte[] Make(string name, string todos, int next, int time, string extra = "") => Encoding.UTF8.GetBytes(Form
            .Replace("NAME", name, StringComparison.Ordinal).Replace("TODOS", todos, StringComparison.Ordinal)
                .Replace("NEXT", $"{next}", StringComparison.Ordinal)
            .Replace("TIME", $"{time}", StringComparison.Ordinal).Replace("EXTRA", extra, StringComparison.Ordinal));
        var (a, b) = ("\n    " + Todo("A", "a", 1), ",\n    " + Todo("B", "b", 1));
        var merged = Encoding.UTF8.GetString(DocumentMerge.Run(Make("\"p\"", a, 2, 1), Make("\"p\"", a, 3, 2),
            Make("\"q\"", a + b, 4, 3, ",\n  \"own\": [1.50]")));
        Assert.Equal(Encoding.UTF8.GetString(Make("\"q\"", a + b, 4, 3, ",\n  \"own\": [1.50]")), merged);
    }

    [Theory]
    [InlineData("<<<<<<< ours")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void What_is_no_document_is_left_to_a_person(string text)
    {
        var (whole, broken) = (Encoding.UTF8.GetBytes(Document(Todo("A", "a", 1))), Encoding.UTF8.GetBytes(text));
        Assert.Equal(RefusalCode.StateCorrupt,
            Assert.Throws<TaskLockingException>(() => DocumentMerge.Run(whole, broken, whole)).Refusal.Code);
        Assert.Equal(RefusalCode.StateCorrupt,
            Assert.Throws<TaskLockingException>(() => DocumentMerge.Run(null, whole, broken)).Refusal.Code);
    }

    /// <summary>Against a model of sets: each side adds, changes and takes out at random; every other pair of ids stays apart.</summary>
    [Fact]
    public void Random_branches_end_as_a_model_of_sets_says()
    {
        var seed = Surroundings.Setting("TASKLOCKING_MERGE_SEED") ?? Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var before = Enumerable.Range(0, random.Next(6)).ToDictionary(n => "T" + n, n => (Name: "0", Time: 1));
            var (ours, theirs) = (Branch(before, "o"), Branch(before, "t"));
            var expected = before.Keys.Union(ours.Keys).Union(theirs.Keys).Select(id => (Id: id, Todo: Expect(id)))
                .Where(each => each.Todo is not null).Select(each => $"{each.Id} {each.Todo!.Value.Name}").Order(StringComparer.Ordinal);
            var merged = Names(Merge(Of(before), Of(ours), Of(theirs))).Split(", ", StringSplitOptions.RemoveEmptyEntries)
                .Order(StringComparer.Ordinal);
            Assert.True(expected.SequenceEqual(merged),
                $"seed {seed}, round {round}: {Of(before)}\n{Of(ours)}\n{Of(theirs)}\n{string.Join(", ", merged)}");

            (string Name, int Time)? Expect(string id)
            {
                (string Name, int Time)? At(Dictionary<string, (string, int)> side) => side.TryGetValue(id, out var todo) ? todo : null;
                var (start, mine, other) = (At(before), At(ours), At(theirs));
                return mine == start ? other : other == start ? mine : mine is null ? other : other is null ? mine
                    : mine.Value.Time > other.Value.Time ? mine : other;
            }
        }

        Dictionary<string, (string Name, int Time)> Branch(Dictionary<string, (string Name, int Time)> before, string side)
        {
            var branch = new Dictionary<string, (string Name, int Time)>(before);
            for (var step = random.Next(5); step > 0; step--)
            {
                var id = "T" + random.Next(9);
                if (random.Next(4) == 0)
                    branch.Remove(id);
                else
                    branch[id] = (side + random.Next(100), 2 * random.Next(1, 4) + (side == "o" ? 0 : 1));
            }
            return branch;
        }
    }

    private static string Of(Dictionary<string, (string Name, int Time)> todos) =>
        Document([.. todos.Select(todo => Todo(todo.Key, todo.Value.Name, todo.Value.Time))]);

    private static string Merge(string before, string ours, string theirs) =>
        Encoding.UTF8.GetString(DocumentMerge.Run(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(ours),
            Encoding.UTF8.GetBytes(theirs)));

    private static string Names(string document) =>
        string.Join(", ", Parse(document).GetProperty("todos").EnumerateArray()
            .Select(todo => $"{todo.GetProperty("id")} {todo.GetProperty("name")}"));

    private static JsonElement Parse(string document) => JsonDocument.Parse(document).RootElement;

    private static string Document(params string[] todos) => "{\"todos\":[" + string.Join(",", todos) + "]}";

    private static string Marked(params string[] todos) =>
        "{\"taskLocking\":{\"format\":1,\"epoch\":\"0\",\"version\":3},\"todos\":[" + string.Join(",", todos) + "]}";

    private static string Todo(string id, string name, int time) =>
        $$"""{"id":"{{id}}","name":"{{name}}","status":"Todo","lastModified":"2026-01-01T00:00:0{{time}}Z"}""";
}

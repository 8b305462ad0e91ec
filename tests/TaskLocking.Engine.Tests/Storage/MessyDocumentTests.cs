using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>A thousand todos in every observed shape survive a thousand changes: what nobody touched stays the bytes it was.</summary>
public sealed class MessyDocumentTests : IDisposable
{
    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData(false, "\n")]
    [InlineData(true, "\r\n")]
    public void Untouched_todos_stay_byte_for_byte_over_a_thousand_changes(bool byteOrderMark, string newline)
    {
        var document = Put(MessyDocument.Write(1000, 7, byteOrderMark, newline));
        var before = TodoBytes.Of(document);
        string[] touched = ["M-0", "M-3", "M-7", "M-11", "M-13", "M-202", "M-500", "M-777", "M-998", "M-999"];
        using (var board = _place.Open())
        {
            Assert.All(touched, id => Assert.NotNull(board.FindTask(id)));
            for (var change = 0; change < 1000; change++)
                Assert.Null(board.Edit([Edit(touched[change % touched.Length], change)])[0].Refusal);
        }
        var after = File.ReadAllBytes(_place.Document);
        var shown = TodoBytes.Of(after);
        Assert.Equal(before.Count, shown.Count);
        for (var at = 0; at < before.Count; at++)
        {
            // The id that stands there twice belongs to the first.
            if (!touched.Contains(before[at].Id))
                Assert.True(before[at].Bytes.AsSpan().SequenceEqual(shown[at].Bytes), $"todo {at}: {before[at]} became {shown[at]}");
        }
        AssertFieldsKept(before, shown, touched);
        Assert.Equal(byteOrderMark, after.AsSpan().StartsWith(new byte[] { 0xef, 0xbb, 0xbf }));
        Assert.Equal(Around(document), Around(after));

        using var again = _place.Open();
        Assert.Equal("990", again.FindTask("M-0")!.Content);
    }

    [Fact]
    public void Reading_and_a_sync_leave_the_first_document_as_it_is()
    {
        var document = Put(MessyDocument.Write(200, 8));
        using var board = _place.Open(oneShot: true);
        Assert.Equal(197, board.GetTasks().Count);
        Assert.Equal(document, File.ReadAllBytes(_place.Document));
        Assert.Equal(["state.todo2.json"], Directory.GetFileSystemEntries(_place.Store).Select(Path.GetFileName));
    }

    [Fact]
    public void Aliases_and_stray_forms_are_understood()
    {
        Put(MessyDocument.Write(200, 9));
        using var board = _place.Open(oneShot: true);
        var byText = board.GetTasks().GroupBy(task => task.StatusText).ToDictionary(group => group.Key, group => group.First().Status);
        Assert.Equal(AgentTaskStatus.InProgress, byText["in_progress"]);
        Assert.Equal(AgentTaskStatus.Todo, byText["pending"]);
        Assert.Equal(AgentTaskStatus.Done, byText["finished"]);
        Assert.Equal(AgentTaskStatus.Cancelled, byText["canceled"]);
        Assert.Equal(AgentTaskStatus.Unknown, byText["someday"]);
        Assert.All(board.GetTasks(), task => Assert.NotNull(task.Created));
        Assert.Contains(board.GetTasks(), task => task.Dependencies.Any(id => id.StartsWith("gone-", StringComparison.Ordinal)));
        Assert.Equal("agent:old-5", board.FindTask("M-5")!.Assignee!.ToString());
        var notes = board.GetHistory("M-10").Where(entry => entry.Field is "note" or "result").ToList();
        Assert.Equal((2, 3), (board.GetHistory("M-10").Count - notes.Count, notes.Count));
    }

    [Fact]
    public void New_removed_and_assigned_todos_leave_their_neighbours_alone()
    {
        var before = TodoBytes.Of(Put(MessyDocument.Write(120, 10)));
        using (var board = _place.Open(oneShot: true))
        {
            Assert.Null(board.Remove([new TaskRemoval("M-0", Force: true)])[0].Refusal);
            Assert.Null(board.Remove([new TaskRemoval("M-119", Force: true)])[0].Refusal);
            Assert.True(board.Assign(new AssignmentRequest(["M-61", "M-62"], "agent", "x")).Success);
            Assert.Null(board.Define([new TaskDefinition("new")])[0].Refusal);
        }
        var expected = before.Where(todo => todo.Id is not ("M-0" or "M-119")).ToList();
        var shown = TodoBytes.Of(_place.Document);
        Assert.Equal([.. expected.Select(todo => todo.Id), "new"], shown.Select(todo => todo.Id));
        for (var at = 0; at < expected.Count; at++)
        {
            if (expected[at].Id is not ("M-61" or "M-62"))
                Assert.Equal(expected[at].ToString(), shown[at].ToString());
        }
    }

    [Fact]
    public void Names_and_texts_that_are_half_a_surrogate_pair_are_kept_and_in_nobodys_way()
    {
        var half = "\\ud83d";
        var odd =
            $"{{\"{half}\": \"{half}\", \"id\": \"odd\", \"name\": \"{half}\", \"x{half}\": 1, \"status\": \"{half}\", \"tags\": " +
                $"[\"{half}\"], "
            + $"\"assignee\": {{\"{half}\": 1, \"name\": \"a\"}}, \"changes\": [{{\"{half}\": 1, \"field\": \"{half}\", \"newValue\": " +
                $"\"{half}\"}}]}}";
        Put(Encoding.UTF8.GetBytes($"{{\"{half}\": 1, \"todos\": [{odd}, {{\"id\": \"{half}\"}}], \"{half}2\": 2}}"));
        using (var board = _place.Open())
        {
            Assert.Null(board.Edit([new TaskEdit("odd") { Content = "changed", Priority = TaskPriority.High }])[0].Refusal);
            Assert.Equal(["priority", "content"], board.GetHistory("odd").Select(entry => entry.Field)
                .Where(field => field.Length > 0 && !field.Contains("ud83d", StringComparison.Ordinal)));
            Assert.Single(board.GetTasks(), task => task.Id == "odd" && task.Tags.Count == 1);
            board.Sync();
        }
        // Somebody else rewrites it, in other white space.
        var text = File.ReadAllText(_place.Document);
        File.WriteAllText(_place.Document, text.Replace("\"changed\"", " \"changed again\"", StringComparison.Ordinal));
        using var again = _place.Open();
        Assert.Equal("changed again", again.FindTask("odd")!.Content);
        Assert.Null(again.Edit([new TaskEdit("odd") { Content = "done" }])[0].Refusal);
        again.Sync();
        var shown = File.ReadAllText(_place.Document);
        Assert.All([$"\"{half}\": \"{half}\"", $"\"x{half}\": 1", $"\"tags\": [\"{half}\"]",
            $"{{\"{half}\": 1, \"field\": \"{half}\", \"newValue\": \"{half}\"}}"],
                kept => Assert.Contains(kept, shown, StringComparison.Ordinal));
    }

    private static TaskEdit Edit(string id, int change) => (change / 10 % 4) switch
    {
        0 => new TaskEdit(id)
        {
            Name = $"name {change} \"ü\" 🚀",
            Content = change.ToString(System.Globalization.CultureInfo.InvariantCulture)
        },
        1 => new TaskEdit(id)
        {
            Status = change / 10 % 8 == 1 ? AgentTaskStatus.InProgress
            : AgentTaskStatus.Cancelled,
            Tags = ["t" + change]
        },
        2 => new TaskEdit(id) { Priority = (TaskPriority)(change / 10 % 3), Dependencies = ["dangling-" + change], Swarm = "s" + change },
        _ => new TaskEdit(id) { Content = change.ToString(System.Globalization.CultureInfo.InvariantCulture) },
    };

    // Of the changed ones: every field that no edit names keeps its bytes, its form of number and escape, and its order.
    private static void AssertFieldsKept(List<TodoBytes> before, List<TodoBytes> shown, string[] touched)
    {
        string[] edited = ["name", "content", "status", "tags", "priority", "dependencies", "lastModified", "changes", "updated_at",
            "completedAt", "taskLocking"];
        foreach (var id in touched)
        {
            var (old, now) = (Fields(before.First(todo => todo.Id == id)), Fields(shown.First(todo => todo.Id == id)));
            Assert.Equal(old.Where(field => !edited.Contains(field.Name)), now.Where(field => !edited.Contains(field.Name)));
            Assert.Equal(old.Select(field => field.Name), now.Select(field => field.Name)
                .Where(name => old.Exists(field => field.Name == name)));
        }
    }

    private static List<(string Name, string Raw)> Fields(TodoBytes todo)
    {
        using var json = JsonDocument.Parse(todo.Bytes);
        return json.RootElement.EnumerateObject().Select(field => (field.Name, field.Value.GetRawText())).ToList();
    }

    // What stands before the todos, and behind them up to the first thing that we keep current.
    private static (string Head, string Tail) Around(byte[] document)
    {
        var text = Encoding.UTF8.GetString(document);
        var tail = text[text.LastIndexOf("\"tasks\": []", StringComparison.Ordinal)..];
        return (text[..text.IndexOf('[', StringComparison.Ordinal)], tail[..tail.IndexOf("\"nextTaskNumber\"", StringComparison.Ordinal)]);
    }

    private byte[] Put(byte[] document)
    {
        Directory.CreateDirectory(_place.Store);
        File.WriteAllBytes(_place.Document, document);
        return document;
    }
}

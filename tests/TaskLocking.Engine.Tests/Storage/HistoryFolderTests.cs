using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using TaskLocking.Model;
using TaskLocking.Ready;
using TaskLocking.SelfTest;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>Histories that have left their todos, as files: documents that bring entries back, parts that are damaged or gone, boards that
/// are merged.</summary>
public sealed class HistoryFolderTests : IDisposable
{
    private readonly DocumentScene _scene = new();

    private string Folder => _scene.Place.In(WorkspacePath.StoreFolder, "archive");

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_older_document_brings_no_entry_back(bool keepsMark)
    {
        Make(HistoryBound.Most);
        var older = _scene.Load(keepsMark);
        Rename("n200");
        Assert.Equal(HistoryBound.Kept, KeptEntries());
        _scene.Save(older);
        Assert.DoesNotContain(_scene.GoOn(), notice => notice.Kind == StoreNoticeKind.DocumentBroken);
        Assert.InRange(KeptEntries(), 1, HistoryBound.Most);
        AssertHistory(201);
        Rename("n201");
        AssertHistory(202);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_others_changed_in_an_older_document_is_taken_over_without_the_entries(bool keepsMark)
    {
        Make(250);
        // As it was before the entries left it: only that has happened since.
        var before = _scene.Load(keepsMark);
        var todo = DocumentScene.Todo(before, "A");
        todo["changes"] = new JsonArray([.. Enumerable.Range(0, 250).Select(Entry)]);
        _scene.Save(before);
        Assert.Empty(_scene.GoOn());
        AssertHistory(250);
        Assert.Equal(HistoryBound.Kept, KeptEntries());

        todo["name"] = "theirs";
        todo["lastModified"] = "2036-01-01T00:00:00.000Z";
        todo["changes"]!.AsArray().Add(Entry(250));
        _scene.Save(before);
        _scene.GoOn();
        Assert.Equal("theirs", _scene.Find("A")!.Name);
        AssertHistory(251);
        Assert.Equal(HistoryBound.Kept + 1, KeptEntries());
    }

    [Fact]
    public void Who_removes_a_task_by_our_mark_does_even_if_only_entries_have_left_it_since()
    {
        Make(250);
        _scene.Rewrite(root => DocumentScene.Todos(root).Remove(DocumentScene.Todo(root, "A")), keepsMark: true);
        _scene.GoOn();
        Assert.Null(_scene.Find("A"));
    }

    [Fact]
    public void What_nobody_understands_is_kept_byte_for_byte()
    {
        string[] entries =
            ["17", "\"a \\u00e4 text\"", "{ \"x\" :\n  [ 1.50,\t2 ] }", "null", "[1, 2]", "{\"field\":\"f\",\"newValue\":{\"a\": 1}}"];
        var changes = Enumerable.Range(0, 240).Select(
            number => number % 40 == 5 ? entries[number / 40] : Entry(number).ToJsonString()).ToList();
        Directory.CreateDirectory(_scene.Place.Store);
        File.WriteAllText(_scene.Document, "{\n  \"todos\": [\n    {\n      \"id\": \"A\",\n      \"name\": \"" + new string('x', 20_000)
            + "\",\n      \"status\": \"Todo\",\n      \"changes\": [\n        " + string.Join(",\n        ", changes)
            + "\n      ]\n    }\n  ]\n}\n");
        Rename("n240");
        Assert.Equal(HistoryBound.Kept, KeptEntries());
        var line = File.ReadAllBytes(Assert.Single(Directory.GetFiles(Folder, "*.changes")));
        Assert.Equal(changes.Take(141), HistoryLine.Read(line, "A")!.Select(entry => Encoding.UTF8.GetString(entry.Value)));
        _scene.Run(board =>
        {
            using var exported = System.Text.Json.JsonDocument.Parse(board.Export().First());
            var told = exported.RootElement.GetProperty("changes").EnumerateArray().ToList();
            Assert.Equal(241, told.Count);
            for (var at = 0; at < entries.Length; at++)
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(entries[at]), JsonNode.Parse(told[at * 40 + 5].GetRawText())));
            Assert.Equal(241 - 4, board.GetHistory("A").Count);
        });
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("cut")]
    [InlineData("changed")]
    public void A_damaged_part_is_named_and_the_task_goes_on(string how)
    {
        Make(250);
        var part = Assert.Single(Directory.GetFiles(Folder, "*.changes"));
        var bytes = File.ReadAllBytes(part);
        Assert.Contains("entries of the histories of 1 task lie there, whole", Check(), StringComparison.Ordinal);
        if (how == "missing")
            File.Delete(part);
        else
            File.WriteAllBytes(part, how == "cut" ? bytes[..^2] : [.. bytes.Select((each, at) => at == 60 ? (byte)(each ^ 1) : each)]);
        using (var board = _scene.Open())
        {
            var refusal = Assert.Throws<TaskLockingException>(() => board.GetHistory("A")).Refusal;
            Assert.Equal(RefusalCode.StateCorrupt, refusal.Code);
            Assert.Equal(part, refusal.Path);
            Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
            Assert.Null(board.Edit([new TaskEdit("A") { Name = "goes on" }])[0].Refusal);
        }
        Assert.Contains(part, Assert.Throws<InvalidDataException>(Check).Message, StringComparison.Ordinal);
        File.WriteAllBytes(part, bytes);
        Assert.Equal(251, _scene.ChangesOf("A"));
    }

    [Fact]
    public void Where_the_archive_cannot_be_written_the_change_stands_and_that_is_told()
    {
        Make(HistoryBound.Most);
        File.WriteAllText(Folder, "no folder");
        var told = _scene.Run(board =>
        {
            for (var round = 200; round < 320; round++)
                Assert.Null(board.Edit([new TaskEdit("A") { Name = "n" + round }])[0].Refusal);
        });
        Assert.Equal(StoreNoticeKind.HistoryNotMoved, Assert.Single(told).Kind);
        Assert.Equal(320, KeptEntries());
        AssertHistory(320);
        File.Delete(Folder);
        Rename("n320");
        Assert.Equal(HistoryBound.Kept, KeptEntries());
        AssertHistory(321);
    }

    [Fact]
    public void What_rules_ask_of_a_history_is_known_after_it_has_left()
    {
        _scene.Define("A");
        _scene.Run(board => Assert.NotNull(board.Request(new TaskRequest(new LeaseHolder("worker")) { Start = true }).Task));
        _scene.Run(board =>
        {
            for (var round = 0; round < 250; round++)
                Assert.Null(board.Edit([new TaskEdit("A") { Name = "m" + round }])[0].Refusal);
            board.Sync();
        });
        // As it comes to another clone: with its history, and without the claim.
        var root = _scene.Load();
        var todo = DocumentScene.Todo(root, "A");
        Assert.DoesNotContain("claim", todo["changes"]!.ToJsonString(), StringComparison.Ordinal);
        todo["taskLocking"]!.AsObject().Remove("claim");
        todo["taskLocking"]!.AsObject().Remove("startedAt");
        using var other = new DocumentScene(root.ToJsonString());
        Assert.Equal("worker", LostClaim.OfBegun(other.Find("A")!));
    }

    [Fact]
    public void The_lines_of_the_journal_stay_short()
    {
        Make(0);
        _scene.Run(board =>
        {
            for (var round = 0; round < 700; round++)
                Assert.Null(board.Edit([new TaskEdit("A") { Name = "n" + round }])[0].Refusal);
        });
        var longest = Directory.GetFiles(_scene.Place.Journals, "*.jsonl").SelectMany(File.ReadAllLines).Max(line => line.Length);
        Assert.InRange(longest, 1, 4_000);
    }

    [Fact]
    public void What_no_todo_names_is_swept_a_day_later_and_nothing_else()
    {
        Make(250);
        _scene.Run(board => board.Import(Long("B", 250)));
        var parts = Directory.GetFiles(Folder, "*.changes");
        Assert.Equal(2, parts.Length);
        var orphan = Path.Combine(Folder, "20200101T000000000Z-0000000000000000.changes");
        File.WriteAllText(orphan, "{}\n");
        _scene.Run(board => board.Sync());
        Assert.True(File.Exists(orphan));
        foreach (var path in (string[])[.. parts, orphan])
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-2));
        _scene.Run(board => Assert.Null(board.Edit([new TaskEdit("B") { Status = AgentTaskStatus.Done }])[0].Refusal));
        _scene.Run(board => Assert.Single(board.ArchiveTasks(new ArchiveRequest { OlderThan = TimeSpan.Zero }).Archived));
        Assert.False(File.Exists(orphan));
        Assert.Equal(parts.Order(), Directory.GetFiles(Folder, "*.changes").Order());
        AssertHistory(250);
        Assert.Equal(251, _scene.ChangesOf("B"));
        _scene.Run(board => Assert.Null(board.Remove([new TaskRemoval("A")])[0].Refusal));
        _scene.Run(board => board.Sync());
        Assert.Single(Directory.GetFiles(Folder, "*.changes"));
    }

    [Fact]
    public void A_board_that_is_merged_brings_its_histories()
    {
        using var other = new DocumentScene();
        _scene.Define("C");
        other.Run(board => board.Import(Long("A", 250)));
        other.Run(board => board.Import(Long("B", 230)));
        other.Run(board => board.Edit([new TaskEdit("B") { Status = AgentTaskStatus.Done }]));
        other.Run(board => board.ArchiveTasks(new ArchiveRequest { OlderThan = TimeSpan.Zero }));
        using (var from = other.Open())
        using (var into = _scene.Open())
            Assert.Equal(["A", "B"], BoardMerge.Run(from, into).Added.Order());
        AssertHistory(250);
        Assert.Equal(231, _scene.ChangesOf("B"));
    }

    [Fact]
    public void A_todo_of_another_board_that_somebody_copied_has_what_it_brings()
    {
        using var other = new DocumentScene();
        other.Run(board => board.Import(Long("A", 250)));
        other.Run(board => board.Sync());
        var todo = DocumentScene.Todo(other.Load(), "A").DeepClone();
        _scene.Define("B");
        _scene.Rewrite(root => DocumentScene.Todos(root).Add(todo));
        _scene.GoOn();
        Assert.Equal(HistoryBound.Kept, _scene.ChangesOf("A"));
        Assert.StartsWith("Nothing is archived", Check(), StringComparison.Ordinal);
    }

    private static JsonNode Entry(int number) => new JsonObject
    {
        ["field"] = "name",
        ["oldValue"] = null,
        ["newValue"] = "n" + number,
        ["timestamp"] = "2026-01-01T00:00:00.000Z",
        ["by"] = "x",
    };

    private static ImportRequest Long(string id, int entries) => new([new ImportFile(id + ".jsonl", Encoding.UTF8.GetBytes(
        new JsonObject
        {
            ["id"] = id,
            ["name"] = "a",
            ["status"] = "Todo",
            ["changes"] = new JsonArray([.. Enumerable.Range(0, entries).Select(Entry)]),
        }.ToJsonString() + "\n"))]);

    private void Make(int entries)
    {
        _scene.Run(board => Assert.Empty(board.Import(Long("A", entries)).Refusals));
    }

    private void Rename(string name) => _scene.Edit(new TaskEdit("A") { Name = name });

    private int KeptEntries()
    {
        _scene.Run(board => board.Sync());
        return DocumentScene.Todo(_scene.Load(), "A")["changes"]!.AsArray().Count;
    }

    private void AssertHistory(int count)
    {
        using var board = _scene.Open();
        Assert.Equal(Enumerable.Range(0, count).Select(number => "n" + number), board.GetHistory("A").Select(entry => entry.NewValue));
    }

    private string Check() => ArchiveCheck.Run(_scene.Place.Path, new StorePaths(_scene.Place.Path));
}

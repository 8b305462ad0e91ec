using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Repositories;

/// <summary>
/// Two branches whose boards archived, whole tasks or older history: the merged document with the parts of both, as git leaves them, is a
/// board that has lost nothing and tells nothing twice.
/// </summary>
public sealed class MergedArchiveTests : IDisposable
{
    private static readonly ArchiveRequest Now = new() { OlderThan = TimeSpan.Zero };

    private readonly DocumentScene _start = new();
    private readonly DocumentScene _ours = new();
    private readonly DocumentScene _theirs = new();
    private readonly DocumentScene _merged = new();

    public void Dispose()
    {
        foreach (var scene in (DocumentScene[])[_start, _ours, _theirs, _merged])
            scene.Dispose();
    }

    [Fact]
    public void What_either_archived_is_archived_once()
    {
        _start.Define("A", "B", "C", "D", "E");
        Branch();
        Close(_ours, "A", "C");
        Archive(_ours);
        Close(_theirs, "B", "C");
        Archive(_theirs);
        _theirs.Edit(new TaskEdit("D") { Name = "theirs" });
        Merge();
        Assert.Equal(["D", "E"], _merged.Ids());
        Assert.Equal("theirs", _merged.Find("D")!.Name);
        AssertArchived(_merged, "A", "B", "C");
        // And so it is once somebody works there.
        _merged.Define("F");
        AssertArchived(_merged, "A", "B", "C");
        Assert.Equal(["D", "E", "F"], _merged.Ids());
    }

    [Fact]
    public void A_living_board_takes_over_what_the_other_archived()
    {
        _start.Define("A", "B", "C");
        Close(_start, "A", "B");
        Branch();
        Archive(_theirs);
        _ours.Edit(new TaskEdit("B") { Status = AgentTaskStatus.Todo });
        _ours.Run(board => board.Sync());
        File.WriteAllBytes(_ours.Document, Merged());
        CopyArchive(_theirs, _ours);
        _ours.GoOn();
        Assert.Equal(["B", "C"], _ours.Ids());
        AssertArchived(_ours, "A");
        Assert.Equal(AgentTaskStatus.Todo, _ours.Find("B")!.Status);
    }

    [Theory]
    [InlineData(0, 130)]
    [InlineData(130, 0)]
    [InlineData(120, 130)]
    [InlineData(5, 130)]
    [InlineData(130, 5)]
    public void Entries_that_left_on_either_branch_are_told_once(int ours, int theirs)
    {
        _start.Run(board => Assert.Empty(board.Import(new ImportRequest([new ImportFile("a.jsonl", Long(150))])).Refusals));
        Branch();
        Change(_ours, ours, "o");
        Change(_theirs, theirs, "t");
        Merge();
        AssertTold(_merged, ours, theirs);
        // And where the board of our branch lives on.
        File.WriteAllBytes(_ours.Document, File.ReadAllBytes(_merged.Document));
        CopyArchive(_theirs, _ours);
        _ours.GoOn();
        AssertTold(_ours, ours, theirs);
        Change(_ours, 210, "m");
        AssertTold(_ours, ours, theirs, 210);
    }

    private static void AssertTold(DocumentScene scene, int ours, int theirs, int later = 0)
    {
        using var board = scene.Open();
        var told = board.GetHistory("A").Where(entry => entry.Field == "name").Select(entry => entry.NewValue).ToList();
        Assert.Equal(Values("n", 150).Concat(Values("o", ours)).Concat(Values("t", theirs)).Concat(Values("m", later)).Order(),
            told.Order());
        Assert.Equal(Values("n", 150), told.Take(150));
    }

    private static string[] Values(string prefix, int count) => [.. Enumerable.Range(0, count).Select(number => prefix + number)];

    private static byte[] Long(int entries) => System.Text.Encoding.UTF8.GetBytes(new JsonObject
    {
        ["id"] = "A",
        ["name"] = "a",
        ["status"] = "Todo",
        ["changes"] = new JsonArray([.. Values("n", entries).Select(value => (JsonNode)new JsonObject
        {
            ["field"] = "name", ["oldValue"] = null, ["newValue"] = value, ["timestamp"] = "2026-01-01T00:00:00.000Z", ["by"] = "x",
        })]),
    }.ToJsonString() + "\n");

    private static void Change(DocumentScene scene, int count, string prefix) => scene.Run(board =>
    {
        foreach (var value in Values(prefix, count))
            Assert.Null(board.Edit([new TaskEdit("A") { Name = value }])[0].Refusal);
    });

    private static void Close(DocumentScene scene, params string[] ids) => scene.Run(board => Assert.All(
        board.Edit([.. ids.Select(id => new TaskEdit(id) { Status = AgentTaskStatus.Done })]), outcome => Assert.Null(outcome.Refusal)));

    private static void Archive(DocumentScene scene) => scene.Run(board => Assert.NotEmpty(board.ArchiveTasks(Now).Archived));

    private static void AssertArchived(DocumentScene scene, params string[] ids)
    {
        using var board = scene.Open();
        Assert.Equal(ids, board.GetArchivedTasks().Select(task => task.Id).Order());
        Assert.Equal(ids.Length, board.GetProgress().Completed);
        Assert.All(ids, id => Assert.NotNull(board.FindArchivedTask(id)));
    }

    private static void CopyArchive(DocumentScene from, DocumentScene to)
    {
        var folder = Path.Combine(from.Place.Store, "archive");
        if (Directory.Exists(folder))
            TempWorkspace.Copy(folder, Path.Combine(to.Place.Store, "archive"));
    }

    // Both clones begin with the document.
    private void Branch()
    {
        _start.Run(board => board.Sync());
        foreach (var scene in (DocumentScene[])[_ours, _theirs])
        {
            Directory.CreateDirectory(scene.Place.Store);
            File.Copy(_start.Document, scene.Document);
            CopyArchive(_start, scene);
        }
    }

    private byte[] Merged()
    {
        _ours.Run(board => board.Sync());
        _theirs.Run(board => board.Sync());
        return DocumentMerge.Run(
            File.ReadAllBytes(_start.Document), File.ReadAllBytes(_ours.Document), File.ReadAllBytes(_theirs.Document));
    }

    private void Merge()
    {
        Directory.CreateDirectory(_merged.Place.Store);
        File.WriteAllBytes(_merged.Document, Merged());
        CopyArchive(_ours, _merged);
        CopyArchive(_theirs, _merged);
    }
}

using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using TaskLocking.SelfTest;
using TaskLocking.Workspaces;
using Xunit;

namespace TaskLocking.Tests.Storage;

/// <summary>The archive as files: a document that brings back what is archived, files that are damaged or gone, a board that is
/// merged.</summary>
public sealed class ArchiveFolderTests : IDisposable
{
    private static readonly ArchiveRequest Now = new() { OlderThan = TimeSpan.Zero };

    private readonly DocumentScene _scene = new();

    private string Folder => _scene.Place.In(WorkspacePath.StoreFolder, "archive");

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_document_from_before_brings_nothing_back(bool keepsMark)
    {
        _scene.Define("A", "B", "C");
        var open = _scene.Load(keepsMark);
        Close("A", "B");
        var closed = _scene.Load(keepsMark);
        Archive();
        _scene.Save(closed);
        _scene.GoOn();
        Assert.Equal(["C"], _scene.Ids());
        _scene.Save(open);
        _scene.GoOn();
        Assert.Equal(["C"], _scene.Ids());
        AssertArchived("A", "B");
    }

    [Fact]
    public void What_somebody_wrote_into_an_archived_task_is_kept_aside_and_told()
    {
        _scene.Define("A", "B");
        Close("A");
        var before = _scene.Load();
        Archive();
        DocumentScene.Todo(before, "A")["name"] = "opened again";
        DocumentScene.Todo(before, "A")["status"] = "Todo";
        _scene.Save(before);
        var told = Assert.Single(_scene.GoOn(), notice => notice.Kind == StoreNoticeKind.EditSetAside);
        Assert.Contains("1 task (A) not brought back from the archive", told.Message, StringComparison.Ordinal);
        Assert.Contains("opened again", File.ReadAllText(told.Path!), StringComparison.Ordinal);
        Assert.Equal(["B"], _scene.Ids());
        AssertArchived("A");
        Assert.DoesNotContain("\"A\"", File.ReadAllText(_scene.Document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("cut")]
    [InlineData("changed")]
    public void Damaged_lines_are_told_and_never_taken_for_no_task(string how)
    {
        _scene.Define("A", "B");
        Close("A");
        Archive();
        var lines = Assert.Single(Directory.GetFiles(Folder, "*.jsonl"));
        var bytes = File.ReadAllBytes(lines);
        if (how == "missing")
            File.Delete(lines);
        else if (how == "cut")
            File.WriteAllBytes(lines, bytes[..^2]);
        else
            File.WriteAllBytes(lines, [.. bytes.Select((each, at) => at == 20 ? (byte)(each ^ 1) : each)]);

        using (var board = _scene.Open())
        {
            var refusal = Assert.Throws<TaskLockingException>(() => board.Define([new TaskDefinition("A")])).Refusal;
            Assert.Equal(RefusalCode.StateCorrupt, refusal.Code);
            Assert.Contains(lines, refusal.Message, StringComparison.Ordinal);
            Assert.Equal(RefusalCode.StateCorrupt, Assert.Throws<TaskLockingException>(() => board.GetArchivedTasks()).Refusal.Code);
            // What is on the board goes on.
            Assert.Equal("B", board.Request(new TaskRequest(new LeaseHolder("a"))).Task!.Id);
            Assert.Equal(1, board.GetProgress().Completed);
        }
        Assert.Contains(lines, Assert.Throws<InvalidDataException>(Check).Message, StringComparison.Ordinal);
        File.WriteAllBytes(lines, bytes);
        AssertArchived("A");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_the_index_the_lines_are_read(bool isMissing)
    {
        _scene.Define("A", "B");
        Close("A");
        Archive();
        var index = Assert.Single(Directory.GetFiles(Folder, "*.ids"));
        if (isMissing)
            File.Delete(index);
        else
            File.WriteAllBytes(index, [.. File.ReadAllBytes(index).Select((each, at) => at == 12 ? (byte)(each ^ 1) : each)]);
        AssertArchived("A");
        Assert.Throws<InvalidDataException>(Check);
        Close("B");
        Archive();
        AssertArchived("A", "B");
        Assert.Equal("2 archived tasks are there, whole.", Check());
    }

    [Fact]
    public void A_part_that_no_commit_names_is_nothing()
    {
        _scene.Define("A", "B");
        Close("A");
        using (var board = _scene.Open())
            board.WriteArchive([board.FindTask("A")!], DateTimeOffset.UtcNow);
        Assert.Equal(["A", "B"], _scene.Ids());
        using (var board = _scene.Open())
        {
            Assert.Null(board.FindArchivedTask("A"));
            Assert.Empty(board.GetArchivedTasks());
            Assert.Equal(1, board.GetProgress().Completed);
        }
        Assert.Contains("no commit names", Check(), StringComparison.Ordinal);
        Archive();
        AssertArchived("A");
    }

    [Fact]
    public void Ids_are_found_however_many_there_are()
    {
        var ids = Enumerable.Range(0, 1_500).Select(number => "T-" + number).ToArray();
        _scene.Define(ids);
        Close(ids);
        Archive();
        using var board = _scene.Open();
        Assert.All(ids, id => Assert.Equal(id, board.FindArchivedTask(id)?.Id));
        Assert.All(ids, id => Assert.Null(board.FindArchivedTask(id + "-")));
        Assert.All(board.Define([.. ids.Select(id => new TaskDefinition(id))]),
            outcome => Assert.Equal(RefusalCode.TaskAlreadyDefined, outcome.Refusal?.Code));
        Assert.Empty(board.GetTasks());
    }

    [Fact]
    public void A_board_that_is_merged_brings_its_archive()
    {
        using var other = new DocumentScene();
        _scene.Define("A", "B", "C");
        Close("A", "B");
        Archive();
        other.Define("A", "D", "E");
        other.Run(board => board.Edit([.. ((string[])["A", "D"]).Select(id => new TaskEdit(id) { Status = AgentTaskStatus.Done })]));
        other.Run(board => board.ArchiveTasks(Now with { }));
        other.Define("B");
        using (var from = other.Open())
        using (var into = _scene.Open())
        {
            var report = BoardMerge.Run(from, into);
            Assert.Equal(["D", "E"], report.Added.Order());
        }
        Assert.Equal(["C", "E"], _scene.Ids());
        AssertArchived("A", "B", "D");
    }

    [Fact]
    public void What_another_tool_makes_a_task_wait_for_comes_back()
    {
        _scene.Define("A", "B", "C", "D");
        Close("A", "B");
        Archive();
        _scene.Rewrite(root => DocumentScene.Todo(root, "C")["dependencies"] = new JsonArray("A", "none"));
        _scene.GoOn();
        Assert.Equal(["C", "D", "A"], _scene.Ids());
        AssertArchived("B");
        using var board = _scene.Open();
        Assert.Equal(["none"], board.CheckGraph().Dangling.Select(dangling => dangling.Missing));
        Assert.Equal(2, board.GetProgress().Completed);
        Assert.Equal(AgentTaskStatus.Done, board.FindTask("A")!.Status);
    }

    [Fact]
    public void Other_tools_see_a_document_without_them()
    {
        _scene.Define("A", "B");
        Close("A");
        Archive();
        Assert.Equal(["B"], DocumentScene.Todos(_scene.Load()).Select(todo => (string?)todo!["id"]));
        var line = JsonNode.Parse(File.ReadAllLines(Assert.Single(Directory.GetFiles(Folder, "*.jsonl")))[0])!;
        Assert.Equal(("A", "Done"), ((string?)line["id"], (string?)line["todo"]!["status"]));
    }

    private void Close(params string[] ids) => _scene.Run(board => Assert.All(
        board.Edit([.. ids.Select(id => new TaskEdit(id) { Status = AgentTaskStatus.Done })]), outcome => Assert.Null(outcome.Refusal)));

    private void Archive() => _scene.Run(board => Assert.NotEmpty(board.ArchiveTasks(Now).Archived));

    private void AssertArchived(params string[] ids)
    {
        using var board = _scene.Open();
        Assert.Equal(ids, board.GetArchivedTasks().Select(task => task.Id).Order());
        Assert.All(ids, id => Assert.True(board.FindTask(id) is null && board.FindArchivedTask(id) is not null));
        Assert.All(ids, id => Assert.Equal(RefusalCode.TaskAlreadyDefined, board.Define([new TaskDefinition(id)])[0].Refusal?.Code));
    }

    private string Check() => ArchiveCheck.Run(_scene.Place.Path, new StorePaths(_scene.Place.Path));
}

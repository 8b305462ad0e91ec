using System;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>Boards that move.</summary>
public sealed class CopyTests : IDisposable
{
    private readonly Command _command = new();
    private readonly string _board = Guid.NewGuid().ToString("N");

    private string Address => SharedCluster.Current.Address(_board);

    public void Dispose() => _command.Dispose();

    [Fact]
    public void A_board_goes_there_and_back_with_claims_histories_and_leases()
    {
        _ = Address;
        _command.Done("task", "new", "T-1", "--name", "first");
        _command.Done("task", "new", "T-2", "--depends-on", "T-1");
        _command.Done("agent", "add", "a", "--capability", "gpu");
        _command.Done("file", "lock", "src/a.cs", "--agent", "a");
        var token = _command.Json("next", "--agent", "a", "--start").GetProperty("taskLocking").GetProperty("claim").GetProperty("token");
        var history = _command.Done("task", "history", "T-1");
        _command.Done("nightly", "--by", "cron");
        using var living = TaskBoard.Open(_command.Folder);
        Assert.Equal(2, living.GetTasks().Count);

        Assert.Equal(2, _command.Json("store", "copy", ".", Address).GetProperty("tasks").GetInt32());
        Assert.Equal(history, _command.Done("task", "history", "T-1"));
        Assert.Contains(Address, _command.Run("task", "get", "--verbose").Error, StringComparison.Ordinal);
        Assert.Contains("src/a.cs", _command.Done("file", "list"), StringComparison.Ordinal);
        Assert.Equal(1L, Count("file_leases"));
        Assert.Equal(2L, Count("tasks"));
        // Who had the folder open, and who names it, are told the new place.
        Assert.Contains(Address, Assert.Throws<TaskLockingException>(() => living.Define([new TaskDefinition("T-3")])).Message,
            StringComparison.Ordinal);
        Assert.Equal(10, _command.Run("task", "new", "T-3", "--workspace", _command.Folder).ExitCode);
        _command.Done("complete", "T-1", "--agent", "a", "--token", token.GetRawText());
        Assert.Equal("T-2", _command.Json("next", "--agent", "a", "--start").GetProperty("id").GetString());

        var back = Directory.CreateDirectory(Path.Combine(_command.Folder, "back")).FullName;
        Assert.Equal(2, _command.Json("store", "copy", Address, back).GetProperty("tasks").GetInt32());
        var (code, _, error) = _command.Run("task", "get", "--workspace", Address);
        Assert.Equal(10, code);
        Assert.Contains(back, error, StringComparison.Ordinal);
        using var board = TaskBoard.Open(back);
        Assert.Equal([AgentTaskStatus.Done, AgentTaskStatus.InProgress], board.GetTasks().Select(task => task.Status));
        Assert.Equal("a", board.GetTasks()[1].Claim!.Agent);
        Assert.Null(board.Complete([new CompleteRequest("T-2", "a") { Token = board.GetTasks()[1].Claim!.Token }])[0].Refusal);
        Assert.Equal("cron", board.GetLastRun()!.By);
        Assert.Equal("gpu", board.GetAgents().Single().Capabilities.Single());
    }

    [Fact]
    public void The_archive_goes_along()
    {
        _ = Address;
        foreach (var id in (string[])["T-1", "T-2", "T-3"])
            _command.Done("task", "new", id);
        _command.Done("task", "set", "T-1", "T-2", "--status", "done");
        _command.Done("task", "archive", "--older", "0");
        _command.Done("task", "restore", "T-2");
        Assert.Equal(2, _command.Json("store", "copy", ".", Address).GetProperty("tasks").GetInt32());
        Assert.Equal(3, _command.Run("task", "new", "T-1").ExitCode);
        Assert.Equal(1, _command.Json("task", "archive", "--older", "0").GetProperty("archived").GetArrayLength());
        var back = Directory.CreateDirectory(Path.Combine(_command.Folder, "back")).FullName;
        _command.Json("store", "copy", Address, back);
        using var board = TaskBoard.Open(back);
        Assert.Equal(["T-1", "T-2"], board.GetArchivedTasks().Select(task => task.Id));
        Assert.Equal(["T-3"], board.GetTasks().Select(task => task.Id));
        Assert.Equal(RefusalCode.TaskAlreadyDefined, board.Define([new TaskDefinition("T-2")])[0].Refusal?.Code);
    }

    [Fact]
    public void Histories_go_along_of_tasks_and_of_archived_ones()
    {
        _ = Address;
        var changes = string.Join(",", Enumerable.Range(0, 220).Select(number => "{\"field\":\"name\",\"newValue\":\"n" + number + "\"}"));
        File.WriteAllText(Path.Combine(_command.Folder, "long.jsonl"), string.Concat(((string[])["T-1", "T-2"]).Select(id =>
            "{\"id\":\"" + id + "\",\"content\":\"" + new string('x', 20_000) + "\",\"status\":\"Todo\",\"changes\":[" + changes
            + "]}\n")));
        _command.Done("task", "import", "long.jsonl");
        _command.Done("task", "set", "T-2", "--status", "done");
        _command.Done("task", "archive", "--older", "0");
        var before = (_command.Done("task", "history", "T-1", "--json"), _command.Done("task", "history", "T-2", "--json"));
        _command.Json("store", "copy", ".", Address);
        Assert.Equal(before, (_command.Done("task", "history", "T-1", "--json"), _command.Done("task", "history", "T-2", "--json")));
        // Its parts are named by the document that it begins with, and by archived tasks.
        SharedCluster.Current.Run("insert into tasklocking.unnamed_part select distinct a.board, a.segment, now() - interval '2 days' "
            + $"from tasklocking.archive a join tasklocking.board b on b.id = a.board where b.name = '{_board}'");
        Assert.Equal(0, SharedCluster.Current.Run($"select tasklocking.sweep_archive(id) from tasklocking.board where name = '{_board}'"));
        Assert.Contains("entries of the histories of 2 tasks lie there, whole", _command.Done("check"), StringComparison.Ordinal);
        var back = Directory.CreateDirectory(Path.Combine(_command.Folder, "back")).FullName;
        _command.Json("store", "copy", Address, back);
        using var board = TaskBoard.Open(back);
        Assert.Equal((220, 221), (board.GetHistory("T-1").Count, board.GetHistory("T-2").Count));
    }

    [Fact]
    public void A_copy_that_broke_off_is_ended_by_running_it_again_and_nobody_uses_it_before()
    {
        _command.Done("task", "new", "T-1");
        var folder = WorkspacePath.Canonical(_command.Folder);
        // It breaks off behind the database: the folder is not closed yet.
        SharedCluster.Current.Address(_board);
        Assert.Equal(2, _command.Run("store", "copy", ".", ".").ExitCode);
        _command.Done("store", "copy", ".", Address);
        SharedCluster.Current.Run($"update tasklocking.board set moved = '<- {folder}' where name = '{_board}'");
        Assert.Equal(10, _command.Run("task", "get").ExitCode);
        _command.Done("store", "copy", ".", Address);
        Assert.Contains("T-1", _command.Done("task", "get"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_a_board_already_nothing_is_copied()
    {
        using (var board = PostgresBoard.Open(Address, _command.Folder))
            board.Define([new TaskDefinition("A")]);
        _command.Done("task", "new", "T-1");
        Assert.Equal(2, _command.Run("store", "copy", ".", Address).ExitCode);
        Assert.Equal(2, _command.Run("store", "copy", Address, ".").ExitCode);
        _command.Done("task", "set", "T-1", "--name", "still here");
        using var still = PostgresBoard.Open(Address, _command.Folder);
        Assert.Null(still.Edit([new TaskEdit("A") { Name = "too" }])[0].Refusal);
    }

    private object? Count(string view) =>
        SharedCluster.Current.Run($"select count(*) from tasklocking.{view} where board = '{_board}'");
}

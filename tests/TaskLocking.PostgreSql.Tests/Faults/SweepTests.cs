using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using TaskLocking.Board;
using TaskLocking.Model;
using TaskLocking.PostgreSql;
using TaskLocking.Rules;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Server;
using TaskLocking.Todo2;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// Parts of the archive whose writer died before a commit named them: they are taken away a day later, and nothing else ever is, whoever
/// comes late.
/// </summary>
public sealed class SweepTests : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);
    private static readonly ArchiveRequest Now = new() { OlderThan = TimeSpan.Zero };

    private readonly Command _command = new();
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly TaskBoard _board;
    private readonly int _id;

    public SweepTests()
    {
        _board = PostgresBoard.Open(SharedCluster.Current.Address(_name), Path.GetTempPath());
        _board.Define([new TaskDefinition("A"), new TaskDefinition("B"), new TaskDefinition("C")]);
        _board.Edit([new TaskEdit("A") { Status = AgentTaskStatus.Done }, new TaskEdit("B") { Status = AgentTaskStatus.Done }]);
        _id = (int)Run($"select id from tasklocking.board where name = '{_name}'")!;
    }

    public void Dispose()
    {
        _board.Dispose();
        _command.Dispose();
    }

    [Fact]
    public void What_a_killed_process_left_is_swept_a_day_later()
    {
        // It is kept back between the part and the commit that names it.
        using (var proxy = new CuttingProxy(SharedCluster.Current.Port, "tasklocking.journal(board"))
        {
            _command.Environment["TASKLOCKING_WORKSPACE"] = SharedCluster.Current.Address(_name, port: proxy.Port);
            proxy.GoOn.Reset();
            using var process = _command.Start("task", "archive", "--older", "0");
            Assert.True(proxy.Kept.Wait(Guard), "nothing was sent");
            process.Kill();
            Assert.True(process.WaitForExit(Guard));
            proxy.CutAll();
        }
        Assert.Equal(2L, Rows());
        Assert.Equal(["A", "B", "C"], _board.GetTasks().Select(task => task.Id));
        _board.Sync();
        Assert.Equal(2L, Rows());
        Age();
        _board.Sync();
        Assert.Equal(0L, Rows());
        Assert.Equal(["A", "B"], _board.ArchiveTasks(Now).Archived);
        Assert.Equal(["A", "B"], _board.GetArchivedTasks().Select(task => task.Id));
    }

    [Fact]
    public void What_was_named_once_stays()
    {
        Assert.Equal(["A", "B"], _board.ArchiveTasks(Now).Archived);
        Assert.Null(_board.RestoreTasks(["A"])[0].Refusal);
        Age();
        Assert.Equal(0, Sweep());
        Assert.Equal(2L, Rows());
        Assert.Equal(["B"], _board.GetArchivedTasks().Select(task => task.Id));
        Assert.Equal(0L, Run($"select count(*) from tasklocking.unnamed_part where board = {_id}"));
        Assert.Null(_board.RestoreTasks(["B"])[0].Refusal);
    }

    [Fact]
    public void Who_archives_after_his_part_was_swept_is_refused_and_nothing_is_lost()
    {
        using var store = Open();
        var tasks = ArchiveChoice.Of(store.Read(), Now, DateTimeOffset.UtcNow).Tasks;
        var part = store.Archive.Write(tasks, [], DateTimeOffset.UtcNow);
        Assert.Equal(0, Sweep());
        Age();
        Assert.Equal(1, Sweep());
        var refusal = Assert.Throws<TaskLockingException>(
            () => store.Transact(new ArchiveRule(Now, tasks, part, []), new LockSession(), new CommitOptions())).Refusal;
        Assert.Equal(RefusalCode.StoreUnavailable, refusal.Code);
        Assert.Contains(part.Name, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["A", "B", "C"], _board.GetTasks().Select(task => task.Id));
        Assert.Equal(["A", "B"], _board.ArchiveTasks(Now).Archived);
    }

    [Fact]
    public void Entries_of_a_history_leave_for_no_part_that_was_swept_until_it_is_written_again()
    {
        using var store = Open();
        var (name, rule, lines) = Moving(store.Read().Find("C")!);
        var before = _board.GetHistory("C").Select(entry => entry.ToString()).ToList();
        store.Archive.Histories.Write(name, lines);
        Age();
        Assert.Equal(1, Sweep());
        Assert.Equal(RefusalCode.StoreUnavailable, Assert.Throws<TaskLockingException>(
            () => store.Transact(rule, new LockSession(), new CommitOptions())).Refusal.Code);
        Assert.Equal(before, _board.GetHistory("C").Select(entry => entry.ToString()));
        store.Archive.Histories.Write(name, lines);
        Assert.Equal(["C"], store.Transact(rule, new LockSession(), new CommitOptions()));
        Age();
        Assert.Equal(0, Sweep());
        Assert.Equal(before, _board.GetHistory("C").Select(entry => entry.ToString()));
    }

    [Fact]
    public async Task Who_commits_while_the_sweep_waits_keeps_his_part()
    {
        using var store = Open();
        var tasks = ArchiveChoice.Of(store.Read(), Now, DateTimeOffset.UtcNow).Tasks;
        var part = store.Archive.Write(tasks, [], DateTimeOffset.UtcNow);
        Age();
        Task<int> sweep;
        using (var connection = new NpgsqlConnection(
            $"Host=127.0.0.1;Port={SharedCluster.Current.Port};Username={ScratchCluster.Owner};Database=boards;Pooling=false"))
        {
            connection.Open();
            using var transaction = connection.BeginTransaction();
            ServerTarget.Ask(connection, $"select pg_advisory_xact_lock({Migrations.ClassOf("tasklocking")}, {_id})");
            sweep = Task.Run(Sweep, TestContext.Current.CancellationToken);
            Assert.True(SpinWait.SpinUntil(() => sweep.IsCompleted || (bool)Run("select exists (select 1 from pg_locks l where "
                + $"l.locktype = 'advisory' and l.objid = {_id} and not l.granted)")!, Guard), "the sweep takes no lock");
            ServerTarget.Ask(connection, "insert into tasklocking.journal(board, version, cid, keys, line) "
                + "select board, max(version) + 1, gen_random_uuid(), '{}', '{\"t\":\"2026-01-01T00:00:00.000Z\",\"by\":\"x\",\"op\":[]"
                + $",\"of\":\"{part.Name}\"}}' from tasklocking.journal where board = {_id} group by board");
            transaction.Commit();
        }
        Assert.Equal(0, await sweep);
        Assert.Equal(2L, Rows());
    }

    [Fact]
    public void A_role_of_agents_can_have_it_swept_and_take_nothing_away_itself()
    {
        var role = "r" + _name;
        Run($"create role {role} login");
        PostgresSchema.Migrate(SharedCluster.Current.Address(_name), role);
        using var store = Open();
        store.Archive.Write(ArchiveChoice.Of(store.Read(), Now, DateTimeOffset.UtcNow).Tasks, [], DateTimeOffset.UtcNow);
        foreach (var statement in new[] { "delete from tasklocking.archive", "delete from tasklocking.unnamed_part",
            "update tasklocking.unnamed_part set at = now() - interval '1 year'", "update tasklocking.archive set line = ''" })
            Assert.Equal("42501", Assert.Throws<PostgresException>(() => SharedCluster.Current.RunAs(role, statement)).SqlState);
        Assert.Equal(0, SharedCluster.Current.RunAs(role, $"select tasklocking.sweep_archive({_id})"));
        Age();
        Assert.Equal(1, SharedCluster.Current.RunAs(role, $"select tasklocking.sweep_archive({_id})"));
        Assert.Equal(0L, Rows());
    }

    private static (string Name, HistoryRule Rule, IReadOnlyList<byte[]> Lines) Moving(AgentTask task)
    {
        var name = "20260101T000000000Z-" + Guid.NewGuid().ToString("N")[..16];
        var line = HistoryLine.Write(task.Id, TodoHistory.Entries(task.Source!.Json).GetRange(0, 1));
        var moved = MovedHistoryJson.Write(new MovedHistory([new HistoryPart(name, 1, 0, line.Length)], false, []));
        return (name, new HistoryRule([new HistoryShare(task, 1, moved)]), [line]);
    }

    private Committer Open()
    {
        var clock = new ServerClock(TimeProvider.System);
        return new Committer(new PostgresLog(ServerAddress.Parse(SharedCluster.Current.Address(_name)), clock), clock);
    }

    private static object? Run(string statement) => SharedCluster.Current.Run(statement);

    private long Rows() => (long)Run($"select count(*) from tasklocking.archive where board = {_id}")!;

    private int Sweep() => (int)Run($"select tasklocking.sweep_archive({_id})")!;

    private void Age() => Run($"update tasklocking.unnamed_part set at = at - interval '1 day' where board = {_id}");
}

using System;
using System.IO;
using System.Linq;
using Npgsql;
using TaskLocking.PostgreSql;
using Xunit;

namespace TaskLocking.Tests.Server;

/// <summary>The schema: made in steps, used by a role that can do no more than that, and read by people.</summary>
public sealed class SchemaTests
{
    private static readonly string Folder = Path.GetTempPath();

    private readonly string _schema = "s" + Guid.NewGuid().ToString("N");

    private static SharedCluster Server => SharedCluster.Current;

    private string Address(string user = ScratchCluster.Owner) => Server.Address("team", user) + "?schema=" + _schema;

    [Fact]
    public void It_is_made_in_steps_and_a_second_time_there_is_nothing_to_do()
    {
        Assert.Equal(Migrations.Names, PostgresSchema.Migrate(Address()));
        Assert.Empty(PostgresSchema.Migrate(Address()));
        Assert.Equal((long)Migrations.Names.Count, Server.Run($"select count(*) from {_schema}.migration"));
        using var board = PostgresBoard.Open(Address(), Folder);
        Assert.Null(board.Define([new TaskDefinition("A")])[0].Refusal);
    }

    [Fact]
    public void What_is_printed_makes_the_same()
    {
        var script = Path.Combine(Path.GetTempPath(), _schema + ".sql");
        var address = Address();
        File.WriteAllText(script, PostgresSchema.Script(address));
        try
        {
            Server.Tool("psql", [.. Server.Connection(), "-q", "-v", "ON_ERROR_STOP=1", "-f", script]);
            Assert.Empty(PostgresSchema.Migrate(address));
            using var board = PostgresBoard.Open(address, Folder);
            Assert.Null(board.Define([new TaskDefinition("A")])[0].Refusal);
        }
        finally
        {
            File.Delete(script);
        }
    }

    [Fact]
    public void Where_there_is_none_it_says_how_to_make_it_and_makes_none()
    {
        using var board = PostgresBoard.Open(Address(), Folder);
        var refusal = Assert.Throws<TaskLockingException>(() => board.GetTasks()).Refusal;
        Assert.Equal(RefusalCode.StoreUnavailable, refusal.Code);
        Assert.Contains("tasklock store migrate", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0L, Server.Run($"select count(*) from pg_namespace where nspname = '{_schema}'"));
    }

    [Fact]
    public void One_of_a_newer_version_is_neither_read_nor_changed_and_an_older_one_is_asked_to_be_brought_up_to_date()
    {
        PostgresSchema.Migrate(Address());
        Server.Run($"insert into {_schema}.migration(number, name) values (9999, 'of tomorrow')");
        using (var board = PostgresBoard.Open(Address(), Folder))
            Assert.Contains("newer", Assert.Throws<TaskLockingException>(() => board.Define([new TaskDefinition("A")])).Message,
                StringComparison.Ordinal);
        Assert.Equal(RefusalCode.StoreUnavailable,
            Assert.Throws<TaskLockingException>(() => PostgresSchema.Migrate(Address())).Refusal.Code);
        Assert.Equal(0L, Server.Run($"select count(*) from {_schema}.board"));
        Server.Run($"delete from {_schema}.migration where number > 1");
        using var older = PostgresBoard.Open(Address(), Folder);
        Assert.Contains("store migrate", Assert.Throws<TaskLockingException>(() => older.GetTasks()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_had_rights_before_a_step_has_those_of_the_step_after_it()
    {
        var role = "r" + _schema;
        _ = Address();
        Server.Run($"create role {role} login");
        PostgresSchema.Migrate(Address(), role);
        Server.Run($"drop function {_schema}.is_heard, {_schema}.tell, {_schema}.listen_for, {_schema}.take_resources, "
            + $"{_schema}.sweep_archive; "
            + $"drop table {_schema}.listener, {_schema}.archive, {_schema}.resource_hold, {_schema}.unnamed_part cascade; "
            + $"delete from {_schema}.migration where number > 2");
        Assert.Equal(4, PostgresSchema.Migrate(Address()).Count);
        using var board = PostgresBoard.Open(Address(role), Folder, new TaskBoardOptions { Session = new LockSession() });
        board.Define([new TaskDefinition("A")]);
        Assert.Null(board.Remove([new TaskRemoval("A")])[0].Refusal);
        board.Define([new TaskDefinition("B")]);
        board.Edit([new TaskEdit("B") { Status = AgentTaskStatus.Cancelled }]);
        Assert.Equal(["B"], board.ArchiveTasks(new ArchiveRequest { OlderThan = TimeSpan.Zero }).Archived);
        using (board.HoldResources([new ResourceLimit("gpu")], []))
            Assert.Single(board.GetResources());
        Assert.True(PostgresCheck.Run(Address(role), Folder, TestContext.Current.CancellationToken).Passed);
    }

    [Fact]
    public void The_role_of_the_agents_does_every_verb_and_cannot_change_what_was_committed()
    {
        var role = "r" + _schema;
        _ = Address();
        Server.Run($"create role {role} login");
        PostgresSchema.Migrate(Address(), role);
        using var board = PostgresBoard.Open(Address(role), Folder, new TaskBoardOptions { Session = new LockSession() });
        board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
        using (board.Hold(["B"]))
        {
            var task = board.Request(new TaskRequest(new LeaseHolder("a")) { Start = true }).Task!;
            Assert.Null(board.Complete([new CompleteRequest(task.Id, "a")])[0].Refusal);
        }
        board.LockFiles(new FileLeaseRequest(new LeaseHolder("a"), ["x"]));
        board.Sync();
        Assert.True(PostgresCheck.Run(Address(role), Folder, TestContext.Current.CancellationToken).Passed);
        foreach (var statement in new[]
        {
            $"update {_schema}.journal set line = ''", $"delete from {_schema}.journal", $"create table {_schema}.mine(x int)",
            $"drop table {_schema}.hold", $"truncate {_schema}.journal",
        })
            Assert.Equal("42501", Assert.Throws<PostgresException>(() => Server.RunAs(role, statement)).SqlState);
    }

    [Fact]
    public void The_views_show_what_the_board_has()
    {
        PostgresSchema.Migrate(Address());
        using var board = PostgresBoard.Open(Address(), Folder);
        board.Define([new TaskDefinition("A") { Priority = TaskPriority.High }, new TaskDefinition("B"), new TaskDefinition("C")]);
        var claim = board.Request(new TaskRequest(new LeaseHolder("x")) { Start = true }).Task!.Claim!;
        board.Remove([new TaskRemoval("B")]);
        board.Edit([new TaskEdit("C") { Content = "first" }]);
        board.Edit([new TaskEdit("C") { Content = "second", Status = AgentTaskStatus.Done }]);
        board.LockFiles(new FileLeaseRequest(new LeaseHolder("x"), ["src/a.cs", "src/b.cs"]));
        board.UnlockFiles(new FileUnlockRequest("x") { Paths = ["src/b.cs"] });
        Assert.Equal("A In Progress,C Done", Server.Run($"select string_agg(id || ' ' || status, ',' order by id) from {_schema}.tasks"));
        Assert.Equal($"A {claim.Token} x",
            Server.Run($"select string_agg(task || ' ' || token || ' ' || agent, ',') from {_schema}.claims"));
        Assert.Equal("src/a.cs", Server.Run($"select string_agg(path, ',') from {_schema}.file_leases"));
        Assert.Equal(string.Join(',', board.GetHistory("C").Select(entry => $"{entry.Field}={entry.NewValue}")),
            Server.Run($"select string_agg(field || '=' || coalesce(new_value, ''), ',' order by version) from {_schema}.history "
                + "where task = 'C'"));
        Assert.Equal(@"{""a"": ""x\ufffdy\\u0000""}".Replace("\\ufffd", "\ufffd", StringComparison.Ordinal), Server.Run(
            $@"select {_schema}.json_of('{{""a"":""x\u0000y\\u0000""}}')::text"));
    }

    [Fact]
    public void Whoever_has_read_a_long_journal_leaves_a_document_for_the_next()
    {
        PostgresSchema.Migrate(Address());
        using (var board = PostgresBoard.Open(Address(), Folder))
            board.Define([new TaskDefinition("A"), new TaskDefinition("B")]);
        Server.Run($$$"""
            insert into {{{_schema}}}.journal(board, version, cid, keys, line) select 1, v, gen_random_uuid(), '{}',
              '{"t":"2026-01-01T00:00:00.000Z","by":"x","n":1,"op":[{"id":"A","set":{"name":"' || v || repeat('x', 600) || '"},"log":[]}]}'
            from generate_series(2, 3000) v
            """);
        using (var board = PostgresBoard.Open(Address(), Folder))
            Assert.StartsWith("3000x", board.FindTask("A")!.Name, StringComparison.Ordinal);
        Assert.Equal(3000L, Server.Run($"select max(version) from {_schema}.snapshot"));
        using var next = PostgresBoard.Open(Address(), Folder);
        Assert.StartsWith("3000x", next.FindTask("A")!.Name, StringComparison.Ordinal);
        Assert.Equal(3001, next.Edit([new TaskEdit("A") { Name = "short" }])[0].Task!.Version);
        Assert.Equal(["short", "B"], next.GetTasks().Select(task => task.Name));
        // The views read the journal all the same, and nothing twice.
        Assert.Equal(2L, Server.Run($"select count(*) from {_schema}.tasks"));
        Assert.Equal("short", Server.Run($"select name from {_schema}.tasks where id = 'A'"));
        Assert.Equal(1L, Server.Run($"select count(*) from {_schema}.snapshot"));
    }

    [Fact]
    public void Two_boards_of_a_database_know_nothing_of_each_other()
    {
        PostgresSchema.Migrate(Address());
        using var one = PostgresBoard.Open(Address(), Folder);
        using var two = PostgresBoard.Open(Address().Replace("/team?", "/other?", StringComparison.Ordinal), Folder);
        one.Define([new TaskDefinition("A")]);
        Assert.Empty(two.GetTasks());
        Assert.Equal(1, two.Define([new TaskDefinition("A") { Name = "theirs" }])[0].Task!.Version);
        Assert.Equal("A", one.FindTask("A")!.Name);
    }

    [Fact]
    public void What_the_server_cannot_keep_fails_the_check()
    {
        PostgresSchema.Migrate(Address());
        Server.Run($"alter table {_schema}.journal set unlogged");
        var report = PostgresCheck.Run(Address(), Folder, TestContext.Current.CancellationToken);
        Assert.Equal("Durability", Assert.Single(report.Items, item => !item.Passed).Name);
        Server.Run($"alter table {_schema}.journal set logged");
        var role = "d" + _schema;
        Server.Run($"create role {role} login");
        PostgresSchema.Migrate(Address(), role);
        Server.Run($"alter role {role} set synchronous_commit = off");
        report = PostgresCheck.Run(Address(role), Folder, TestContext.Current.CancellationToken);
        Assert.Contains("synchronous_commit", Assert.Single(report.Items, item => !item.Passed).Detail, StringComparison.Ordinal);
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Workers;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>
/// G16: a board in PostgreSQL, side by side with what people would write or pick instead, on a server of this machine that is durable as it
/// comes: commits one at a time and many at once, here and a millisecond away; a queue; a process for one commit; followers.
/// </summary>
internal sealed class PostgresCommits : IGoal
{
    private const int Processes = 8;
    private const int Relays = 4;
    private const int Callers = 16;
    private const int AtOnce = 20;
    private const int Tasks = 20_000;
    private const int FileTasks = 100;
    private const int Readers = 100;
    private const int Behind = 100_000;
    private const int Runs = 11;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(1);

    private readonly Dictionary<string, List<double>> _figures = new(StringComparer.Ordinal);
    private int _boards;

    public IReadOnlyList<string> Ids => ["G16"];

    public string Title => "a board in PostgreSQL against the naive protocol, SKIP LOCKED, a C program with libpq, and a board in a folder";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        using var server = Postgres.Start(bench.Scratch, bench.Peers);
        if (server is null)
        {
            report.Note("G16: not measured, there is no PostgreSQL here.");
            return;
        }
        PostgresSchema.Migrate(server.Board("any"));
        using var proxy = new DelayingProxy(server.SocketFile, Delay);
        using var relay = new RelayProgram(bench.CommandLine);
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            Add("naive", await NaiveAsync(bench, server, server.Connection));
            Add("single", await CommitsAsync(bench, server.Board, Processes, 1));
            Add("naive far", await NaiveAsync(bench, server, Postgres.ConnectionAt(proxy.Port)));
            Add("single far", await CommitsAsync(bench, name => Postgres.BoardAt(proxy.Port, name), Processes, 1));
            Add("relayed", await CommitsAsync(bench, server.Board, Processes, 1, relay: relay));
            Add("relayed far", await CommitsAsync(bench, name => Postgres.BoardAt(proxy.Port, name), Processes, 1, relay: relay));
            Add("many", await CommitsAsync(bench, server.Board, Relays, Callers));
            Add("file", await FileAsync(bench));
            Add("rows", await PostgresQueue.RowsAsync(bench, server));
            Add("claims", await QueueAsync(bench, server, 1));
            Add("claims at once", await QueueAsync(bench, server, AtOnce));
            Add("alone", await CommitsAsync(bench, server.Board, Processes, 1));
            Add("followed", await CommitsAsync(bench, server.Board, Processes, 1, Readers));
            Add("behind", await BehindAsync(bench, server));
            OneShots(bench, server, relay);
        }
        Ratio(report, "8 processes, one commit at a time / naive", "single", "naive", 1.5);
        Ratio(report, "the same, the server 1 ms away", "single far", "naive far", 8);
        Compare(report, "8 processes through a relay / naive", "relayed", "naive");
        Compare(report, "the same, the server 1 ms away", "relayed far", "naive far");
        Ratio(report, "4 processes with 16 callers each / naive with 8", "many", "naive", 10);
        Ratio(report, "the same / 8 processes in a folder", "many", "file", 2);
        Ratio(report, "8 workers, claim with start, then complete / SKIP LOCKED", "claims", "rows", 0.35);
        Ratio(report, "8 workers, claim 20 with start, then complete them / SKIP LOCKED", "claims at once", "rows", 1.5);
        OneShotRow(bench, report);
        report.Row("G16", "8 processes, 100 followers / without", Spread.MedianOf(_figures["followed"], "/s"),
            Spread.MedianOf(_figures["alone"], "/s"), Spread.OfRatios(_figures["followed"], _figures["alone"], 100),
            Target.AtLeast(80, "%"));
        report.Row("G16", "100,000 commits behind", Spread.MedianOf(_figures["behind"], " s"), "", Spread.Of(_figures["behind"]),
            Target.AtMost(2, "s"));
        report.Note("G16: the followers are 100 readers in 4 processes, as on 4 machines; a millisecond away is through a proxy that has "
            + "each answer come a millisecond later.");
    }

    private void Add(string what, double figure)
    {
        if (!_figures.TryGetValue(what, out var figures))
            _figures.Add(what, figures = []);
        figures.Add(figure);
    }

    private void Ratio(Report report, string what, string ours, string peer, double least) => report.Row("G16", what,
        Spread.MedianOf(_figures[ours], "/s"), Spread.MedianOf(_figures[peer], "/s"),
        Spread.OfRatios(_figures[ours], _figures[peer]), Target.AtLeast(least, "×"));

    private void Compare(Report report, string what, string ours, string peer) => report.Row("G16", what,
        Spread.MedianOf(_figures[ours], "/s"), Spread.MedianOf(_figures[peer], "/s"), Spread.OfRatios(_figures[ours], _figures[peer]),
        "×");

    private void OneShotRow(Bench bench, Report report)
    {
        var target = Target.AtMost(2.5, "×");
        var ours = Spread.MedianOf(_figures["one-shot"], " ms");
        if (!bench.CommandLine.IsNative)
            report.Note("G16: tasklock is ReadyToRun code, for there is no C toolchain here: the goal is for native code.");
        if (_figures.TryGetValue("libpq", out var peer))
            report.Row("G16", "tasklock assign / C with libpq", ours, Spread.MedianOf(peer, " ms"),
                Spread.OfRatios(_figures["one-shot"], peer), target);
        else
            report.Missing("G16", "tasklock assign / C with libpq", ours, target);
        report.Row("G16", "tasklock assign through a relay / without", Spread.MedianOf(_figures["one-shot relayed"], " ms"), ours,
            Spread.OfRatios(_figures["one-shot relayed"], _figures["one-shot"]), "×");
    }

    private string NewBoard() => string.Create(CultureInfo.InvariantCulture, $"b{++_boards}");

    private static async Task<double> NaiveAsync(Bench bench, Postgres server, string connection)
    {
        server.Run(NaiveLoad.Tables("_warm") + NaiveLoad.Tables(""));
        var gang = await Gang.RunAsync(
            Enumerable.Range(0, Processes).Select(_ => Worker.Start("naive", bench.Options.Seconds, 0, connection)));
        return gang.Rate;
    }

    private async Task<double> CommitsAsync(Bench bench, Func<string, string> address, int processes, int callers, int readers = 0,
        RelayProgram? relay = null)
    {
        var (warm, board) = (address(NewBoard()), address(NewBoard()));
        Begin(warm);
        Begin(board);
        var starts = Enumerable.Range(0, processes).Select(i => Worker.Start("server-commits", bench.Options.Seconds, 0, warm, board,
            Programs.Argument(i), Programs.Argument(callers)));
        if (readers > 0)
            starts = starts.Concat(Enumerable.Range(0, Relays).Select(_ => Worker.Start("server-follow", bench.Options.Seconds, 0, board,
                Programs.Argument(readers / Relays))));
        var gang = await Gang.RunAsync(relay is null ? starts : starts.Select(relay.Used));
        return gang.Rate;
    }

    private static void Begin(string address)
    {
        using var board = PostgresBoard.Open(address, Environment.CurrentDirectory);
        board.Define([new TaskDefinition("FIRST")]);
    }

    private static async Task<double> FileAsync(Bench bench)
    {
        var (warm, workspace) = (bench.Scratch.Workspace(AssignLoad.WarmTasks), bench.Scratch.Workspace(FileTasks));
        var gang = await Gang.RunAsync(Enumerable.Range(0, Processes).Select(i => Worker.Start("assign", bench.Options.Seconds, 0, warm,
            workspace, Programs.Argument(FileTasks), Programs.Argument(i))));
        Directory.Delete(warm, recursive: true);
        Directory.Delete(workspace, recursive: true);
        return gang.Rate;
    }

    private async Task<double> QueueAsync(Bench bench, Postgres server, int atOnce)
    {
        var (warm, queue) = (server.Board(NewBoard()), server.Board(NewBoard()));
        foreach (var (address, count) in new[] { (warm, ServerQueue.WarmTasks), (queue, Tasks) })
        {
            using var filled = PostgresBoard.Open(address, Environment.CurrentDirectory);
            QueueTasks.Define(filled, count);
        }
        var gang = await Gang.RunAsync(Enumerable.Range(0, Processes).Select(i => Worker.Start("server-queue", bench.Options.Seconds, 0,
            server.Board(NewBoard()), warm, queue, Programs.Argument(i), Programs.Argument(atOnce))));
        using var board = PostgresBoard.Open(queue, Environment.CurrentDirectory);
        var done = board.GetTasks().Count(task => task.Status == AgentTaskStatus.Done);
        return done == gang.Operations ? gang.Rate
            : throw new InvalidOperationException($"{gang.Operations} were reported, {done} are done.");
    }

    // Of a process that has read the board, and then nothing while others committed.
    private async Task<double> BehindAsync(Bench bench, Postgres server)
    {
        var (warm, address) = (server.Board(NewBoard()), server.Board(NewBoard()));
        Begin(warm);
        using var idle = PostgresBoard.Open(address, Environment.CurrentDirectory);
        using var other = PostgresBoard.Open(address, Environment.CurrentDirectory);
        idle.Define([new TaskDefinition("FIRST")]);
        var known = idle.GetVersion();
        while (other.GetVersion() is var newest && newest - known < Behind)
        {
            await Gang.RunAsync(Enumerable.Range(0, Relays).Select(i => Worker.Start("server-commits", bench.Options.Seconds, 0, warm,
                address, string.Create(CultureInfo.InvariantCulture, $"{newest}-{i}"), Programs.Argument(Callers))));
        }
        var clock = Stopwatch.StartNew();
        var reached = idle.GetVersion();
        return clock.Elapsed.TotalSeconds * Behind / (reached - known);
    }

    private void OneShots(Bench bench, Postgres server, RelayProgram relay)
    {
        var (ours, bare) = (server.Board(NewBoard()), NewBoard());
        using (var board = PostgresBoard.Open(ours, Environment.CurrentDirectory))
            QueueTasks.Define(board, 2 * Runs);
        Begin(server.Board(bare));
        List<double> ourRuns = [], relayedRuns = [], peerRuns = [];
        for (var run = 0; run < Runs; run++)
        {
            ourRuns.Add(Programs.Milliseconds(bench.CommandLine.Start(ours, "assign", TodoDocument.Id(run), "--to", $"agent-{run}")));
            relayedRuns.Add(Programs.Milliseconds(relay.Used(
                bench.CommandLine.Start(ours, "assign", TodoDocument.Id(Runs + run), "--to", $"agent-{run}"))));
            var known = server.Run("SELECT b.id, b.epoch, j.version, j.cid FROM tasklocking.board b JOIN tasklocking.journal j "
                + $"ON j.board = b.id WHERE b.name = '{bare}' ORDER BY j.version DESC LIMIT 1").Split('|');
            if (bench.Peers.Libpq("pg_commit_once", [server.Libpq, .. known, Guid.NewGuid().ToString()]) is { } start)
                peerRuns.Add(Programs.Milliseconds(start));
        }
        Add("one-shot", Spread.Of(ourRuns).Median);
        Add("one-shot relayed", Spread.Of(relayedRuns).Median);
        if (peerRuns.Count > 0)
            Add("libpq", Spread.Of(peerRuns).Median);
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Workers;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>
/// G11: eight warm processes take ready tasks off a queue of 20,000 and end them, against the queue that people would pick instead, rows of
/// PostgreSQL, one at a time by <c>FOR UPDATE SKIP LOCKED</c>; both durable, on one disk.
/// </summary>
internal sealed class PostgresQueue : IGoal
{
    private const int Processes = 8;
    private const int Tasks = 20_000;
    private const int WarmRows = 2_000;

    public IReadOnlyList<string> Ids => ["G11"];

    public string Title => "20,000 ready tasks taken and done by 8 processes, against PostgreSQL's SKIP LOCKED";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        using var server = Postgres.Start(bench.Scratch, bench.Peers);
        var ours = QueueWay.All.ToDictionary(way => way, _ => new List<double>());
        var rows = new List<double>();
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            foreach (var (way, rates) in ours)
                rates.Add(await OursAsync(bench, way));
            if (server is not null)
                rows.Add(await RowsAsync(bench, server));
        }
        foreach (var (way, rates) in ours)
        {
            var own = Spread.MedianOf(rates, "/s");
            if (server is null)
                report.Missing("G11", way.Name, own, way.Target);
            else
                report.Row("G11", way.Name + " / PostgreSQL", own, Spread.MedianOf(rows, "/s"), Spread.OfRatios(rates, rows), way.Target);
        }
    }

    /// <summary>What people's queue does: rows a second that eight processes take and mark done.</summary>
    public static async Task<double> RowsAsync(Bench bench, Postgres server)
    {
        server.Run(Table("warm_task", WarmRows) + Table("task", Tasks));
        var gang = await Gang.RunAsync(Enumerable.Range(0, Processes).Select(i =>
            Worker.Start("skip-locked", bench.Options.Seconds, 0, server.Connection, Programs.Argument(i))));
        Each(gang, int.Parse(server.Run("SELECT count(*) FROM task WHERE status = 'done'"), CultureInfo.InvariantCulture));
        return gang.Rate;
    }

    private static async Task<double> OursAsync(Bench bench, QueueWay way)
    {
        var (warm, workspace) = (bench.Scratch.Folder("warm"), bench.Scratch.Folder("workspace"));
        QueueLoad.Prepare(warm, workspace, Tasks);
        var gang = await Gang.RunAsync(Enumerable.Range(0, Processes).Select(i =>
            Worker.Start("queue", bench.Options.Seconds, 0, warm, workspace, way.Name, Programs.Argument(i))));
        using (var board = TaskBoard.Open(workspace))
            Each(gang, board.GetTasks().Count(task => task.Status == AgentTaskStatus.Done));
        Directory.Delete(warm, recursive: true);
        Directory.Delete(workspace, recursive: true);
        return gang.Rate;
    }

    private static string Table(string name, int rows) => $"""
        DROP TABLE IF EXISTS {name};
        CREATE TABLE {name} (id integer PRIMARY KEY, name text NOT NULL, status text NOT NULL, priority integer NOT NULL, agent text,
            started timestamptz, completed timestamptz);
        INSERT INTO {name} SELECT number, 'Step ' || number || ' of the queue', 'ready', number % 4 FROM generate_series(1, {rows}) number;
        CREATE INDEX ON {name} (priority DESC, id) WHERE status = 'ready';
        ANALYZE {name};

        """;

    private static void Each(GangReport gang, int done)
    {
        if (gang.Operations != done)
            throw new InvalidOperationException($"{gang.Operations} were reported, {done} are done.");
    }
}

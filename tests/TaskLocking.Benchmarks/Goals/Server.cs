using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;
using TaskLocking.Benchmarks.Workers;

namespace TaskLocking.Benchmarks.Goals;

/// <summary>
/// G17: the server. Its progress of a large swarm against its own empty endpoint; commits beside a hundred streams of events, one of them
/// stalled, against those without; a claim by a tool over standard streams against one in process; its start against that of an empty
/// program.
/// </summary>
internal sealed class Server : IGoal
{
    private const string Swarm = "large";
    private const int Tasks = 10_000;
    private const int Connections = 16;
    private const int Streams = 100;
    private const int Turns = 8;
    private const int Workers = 8;
    private const int WorkerTasks = 100;
    private const int Claims = 200;
    private const int Starts = 5;

    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    public IReadOnlyList<string> Ids => ["G17"];

    public string Title => "the server: progress over HTTP, streams of events, a claim by a tool, its start";

    public async Task MeasureAsync(Bench bench, Report report)
    {
        await ProgressAsync(bench, report);
        await StreamsAsync(bench, report);
        await ClaimsAsync(bench, report);
        await StartsAsync(bench, report);
    }

    private static async Task ProgressAsync(Bench bench, Report report)
    {
        var workspace = bench.Scratch.Folder("progress");
        using (var board = TaskBoard.Open(workspace))
            board.Define([.. Enumerable.Range(0, Tasks).Select(number => new TaskDefinition(TodoDocument.Id(number)) { Swarm = Swarm })]);
        using var server = await ServedBoard.StartAsync(bench, workspace);
        var (path, empty) = ($"/api/planner/{Swarm}/progress", "/healthz");
        List<double> ours = [], peer = [];
        for (var round = -1; round < bench.Options.Rounds; round++)
        {
            var rates = (await server.RateAsync(path, Connections, bench.Options.Seconds),
                await server.RateAsync(empty, Connections, bench.Options.Seconds));
            // The first round warms the server.
            if (round < 0)
                continue;
            ours.Add(rates.Item1);
            peer.Add(rates.Item2);
        }
        report.Row("G17", $"progress of {Tasks:#,0} tasks / an empty answer", Spread.MedianOf(ours, "/s"), Spread.MedianOf(peer, "/s"),
            Spread.OfRatios(ours, peer, 100), Target.AtLeast(50, "%"));
    }

    private static async Task StreamsAsync(Bench bench, Report report)
    {
        List<double> watched = [], alone = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            var (with, without) = await CommitsAsync(bench);
            watched.Add(with);
            alone.Add(without);
        }
        report.Row("G17", $"durable commits beside {Streams} streams / none", Spread.MedianOf(watched, "/s"), Spread.MedianOf(alone, "/s"),
            Spread.OfRatios(watched, alone, 100), Target.AtLeast(95, "%"));
    }

    // The streams come and go while the same workers commit: what the machine does meanwhile counts on both sides.
    private static async Task<(double Watched, double Alone)> CommitsAsync(Bench bench)
    {
        var (warm, workspace) = (bench.Scratch.Workspace(AssignLoad.WarmTasks), bench.Scratch.Workspace(WorkerTasks));
        using var server = await ServedBoard.StartAsync(bench, workspace);
        using var board = TaskBoard.Open(workspace);
        // All turns must fit in, with the time that it takes to open the streams, and one before them that warms the server.
        var (seconds, time) = (bench.Options.Seconds, (Turns + 1) * (bench.Options.Seconds + 2));
        var gang = Gang.RunAsync(Enumerable.Range(0, Workers).Select(number =>
            Worker.Start("assign", time, 0, warm, workspace, Programs.Argument(WorkerTasks), Programs.Argument(number))));
        for (var before = board.GetVersion(); board.GetVersion() == before && !gang.IsCompleted;)
            await Task.Delay(Settle);
        var rates = new[] { new List<double>(), [] };
        for (var turn = -1; turn < Turns; turn++)
        {
            // There, gone, gone, there: what grows with time counts on both sides, too.
            var isWatched = turn < 0 || turn % 4 is 0 or 3;
            for (var number = 0; isWatched && number < Streams; number++)
                await server.FollowAsync(isStalled: number == 0);
            await Task.Delay(Settle);
            var (told, version, clock) = (server.Told, board.GetVersion(), Stopwatch.StartNew());
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            if (turn >= 0)
                rates[isWatched ? 0 : 1].Add((board.GetVersion() - version) / clock.Elapsed.TotalSeconds);
            if (gang.IsCompleted || (isWatched && server.Told == told))
                throw new InvalidOperationException(gang.IsCompleted ? "The workers ended." : "The streams told of no commit.");
            server.Leave();
        }
        _ = await gang;
        return (rates[0].Average(), rates[1].Average());
    }

    // One claim at a time, each given back: of both the claim alone is timed.
    private static async Task ClaimsAsync(Bench bench, Report report)
    {
        var (ours, peer) = (bench.Scratch.Workspace(WorkerTasks), bench.Scratch.Workspace(WorkerTasks));
        using var board = TaskBoard.Open(peer);
        using var tools = new ToolProcess(bench, ours);
        await tools.InitializeAsync();
        List<double> called = [], direct = [];
        for (var round = -1; round < bench.Options.Rounds; round++)
        {
            List<double> callTimes = [], directTimes = [];
            for (var run = 0; run < Claims; run++)
            {
                callTimes.Add(await tools.ClaimAsync());
                directTimes.Add(Claim(board));
            }
            if (round < 0)
                continue;
            called.Add(Spread.Of(callTimes).Median);
            direct.Add(Spread.Of(directTimes).Median);
        }
        report.Row("G17", "a claim by a tool − one in process", Spread.MedianOf(called, " ms"), Spread.MedianOf(direct, " ms"),
            Spread.Of(called.Zip(direct, (our, their) => our - their)), Target.AtMost(2, "ms"));
    }

    private static double Claim(TaskBoard board)
    {
        var holder = new LeaseHolder("agent")
        {
            Host = ProcessLiveness.HostName,
            Pid = Environment.ProcessId,
            ProcessStart = ProcessLiveness.StartOf(Environment.ProcessId),
        };
        var clock = Stopwatch.StartNew();
        var task = board.Request(new TaskRequest(holder)).Task ?? throw new InvalidOperationException("Nothing could be claimed.");
        var time = clock.Elapsed.TotalMilliseconds;
        board.GiveBack([new GiveBackRequest(task.Id, holder.Agent, task.Claim!.Token)]);
        return time;
    }

    private static async Task StartsAsync(Bench bench, Report report)
    {
        var (workspace, empty) = (bench.Scratch.Workspace(WorkerTasks), EmptyProgram(bench));
        List<double> ours = [], peer = [];
        for (var round = 0; round < bench.Options.Rounds; round++)
        {
            List<double> ourRuns = [], peerRuns = [];
            for (var run = 0; run < Starts; run++)
            {
                var clock = Stopwatch.StartNew();
                using (var tools = new ToolProcess(bench, workspace))
                {
                    await tools.InitializeAsync();
                    ourRuns.Add(clock.Elapsed.TotalMilliseconds);
                }
                peerRuns.Add(Programs.Milliseconds(new ProcessStartInfo("dotnet", [empty])));
            }
            ours.Add(Spread.Of(ourRuns).Median);
            peer.Add(Spread.Of(peerRuns).Median);
        }
        report.Row("G17", "tasklock mcp to its first answer / an empty program", Spread.MedianOf(ours, " ms"), Spread.MedianOf(peer, " ms"),
            Spread.OfRatios(ours, peer), Target.AtMost(10, "×"));
    }

    private static string EmptyProgram(Bench bench)
    {
        var folder = bench.Scratch.Folder("empty");
        File.WriteAllText(Path.Combine(folder, "empty.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "return 0;\n");
        Programs.Run("dotnet", "build", folder, "-c", "Release", "-o", Path.Combine(folder, "out"), "-v", "quiet", "--nologo");
        return Path.Combine(folder, "out", "empty.dll");
    }
}

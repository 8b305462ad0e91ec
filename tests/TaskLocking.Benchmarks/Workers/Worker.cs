using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>
/// This program as one of several processes that are measured together: <c>worker KIND SECONDS COUNT ARGUMENT…</c> warms itself, says
/// READY, waits for a line, works for so many seconds or operations (0: no limit) and writes a <see cref="WorkerReport"/>.
/// </summary>
internal static class Worker
{
    /// <summary>How long a workload repeats itself before it is measured.</summary>
    public static readonly TimeSpan WarmTime = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(400);

    /// <summary>The start of a worker.</summary>
    public static ProcessStartInfo Start(string kind, double seconds, int count, params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        var self = Environment.GetCommandLineArgs()[0];
        string[] host = Path.GetFileNameWithoutExtension(program) is "dotnet" ? [self] : [];
        return new ProcessStartInfo(program, [.. host, "worker", kind, Programs.Argument(seconds), Programs.Argument(count), .. arguments]);
    }

    /// <summary>Works.</summary>
    public static int Run(string[] args)
    {
        var seconds = double.Parse(args[1], CultureInfo.InvariantCulture);
        var count = long.Parse(args[2], CultureInfo.InvariantCulture);
        var times = new CommitTimes();
        using var load = Load(args[0], args[3..], times);
        load.Warm();
        // What the report needs is loaded, and the background compiler done, before the others are measured.
        _ = Line(0, 0, 0, times);
        Thread.Sleep(SettleTime);
        Console.WriteLine("READY");
        Console.ReadLine();
        for (var lead = Stopwatch.StartNew(); lead.Elapsed < load.LeadIn;)
            load.Step();
        times.Clear();
        var (operations, before) = (0L, load.Done);
        var begin = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;
        var clock = Stopwatch.StartNew();
        var last = TimeSpan.FromSeconds(seconds > 0 ? seconds : int.MaxValue);
        while (clock.Elapsed < last && (count == 0 || operations < count) && !load.IsOver)
        {
            if (load.Step())
                operations++;
        }
        var end = begin + (clock.ElapsedTicks * (1_000_000_000 / Stopwatch.Frequency));
        Console.WriteLine(Line(load.Done - before ?? operations, begin, end, times));
        return 0;
    }

    private static string Line(long operations, long begin, long end, CommitTimes times) =>
        JsonSerializer.Serialize(new WorkerReport(operations, begin, end, times.Held, times.Waited), WorkerReportJson.Default.WorkerReport);

    private static IWorkload Load(string kind, string[] args, CommitTimes times) => kind switch
    {
        "lock" => new LockLoad(args[0]),
        "assign" => new AssignLoad(args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture), args[3], times),
        "define" => new DefineLoad(args[0], args[1], args[2], times),
        "bulk" => new BulkLoad(args[0], args[1], times),
        "drain" => new DrainLoad(args[0], args[1], args[2], times),
        "queue" => new QueueLoad(args[0], args[1], args[2], args[3], times),
        "skip-locked" => new SkipLockedLoad(args[0], args[1]),
        "follow" => new FollowLoad(args[0], args[1]),
        "server-commits" => new ServerCommits(args[0], args[1], args[2], int.Parse(args[3], CultureInfo.InvariantCulture)),
        "server-queue" => new ServerQueue(args[0], args[1], args[2], args[3], int.Parse(args[4], CultureInfo.InvariantCulture), times),
        "server-follow" => new ServerFollowers(args[0], int.Parse(args[1], CultureInfo.InvariantCulture)),
        "naive" => new NaiveLoad(args[0]),
        "topic" => new TopicLoad(args[0], args[1], args[2]),
        _ => throw new ArgumentException($"There is no workload '{kind}'.", nameof(kind)),
    };
}

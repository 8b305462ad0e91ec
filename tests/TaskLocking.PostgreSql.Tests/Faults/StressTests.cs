using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Npgsql;
using TaskLocking.PostgreSql;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// The stress protocol over a server of its own: as a command, and while the server crashes; and the faults of a protocol of commits, each
/// planted in the procedures of the schema, have to be found. <c>TASKLOCKING_STRESS_SECONDS</c> sets how long the server crashes, from a
/// minute on in rounds of a minute and every 5 to 40 s, 3600 for the full proof; <c>TASKLOCKING_SEED</c> makes the same choices again.
/// </summary>
public sealed class StressTests : IDisposable
{
    // A race that a small run does not come to, the next one may.
    private const int MostRuns = 6;

    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    private readonly ScratchCluster _server = new();

    private static StressOptions Small => new()
    {
        Phases = [StressPhase.Define, StressPhase.Assign, StressPhase.Mixed],
        Processes = 4,
        Rounds = 15,
        MixedTime = TimeSpan.FromSeconds(3),
        KillInterval = TimeSpan.FromSeconds(0.25),
    };

    public void Dispose() => _server.Dispose();

    [Fact]
    public void The_command_passes_and_leaves_nothing()
    {
        using var command = new Command();
        var report = command.Json("stress", "--workspace", _server.Address("team"), "--processes", "3", "--rounds", "5", "--seconds", "2",
            "--kill-interval", "0.2");
        Assert.True(report.GetProperty("passed").GetBoolean());
        Assert.Equal(["define", "assign", "mixed"], report.GetProperty("phases").EnumerateArray()
            .Select(phase => phase.GetProperty("phase").GetString()));
        var mixed = report.GetProperty("phases")[2];
        Assert.True(mixed.GetProperty("kills").GetInt32() > 0, "nobody was killed");
        Assert.True(mixed.GetProperty("faults").TryGetProperty("cut_connection", out _), mixed.ToString());
        Assert.Equal(_server.Address("team"), report.GetProperty("workspace").GetString());
        Assert.Equal(0L, _server.Run("select count(*) from pg_namespace where nspname like 'tasklocking_stress_%'"));
        Assert.Equal(0L, _server.Run("select count(*) from tasklocking.board"));
    }

    [Fact]
    public void What_is_kept_is_named_and_topics_are_refused()
    {
        using var command = new Command();
        var kept = command.Json("stress", "--workspace", _server.Address("team"), "--phase", "define", "--processes", "2", "--rounds", "2",
            "--keep").GetProperty("scratch_address").GetString()!;
        Assert.NotEmpty(command.Json("task", "get", "--workspace", kept).EnumerateArray());
        var (code, _, error) = command.Run("stress", "--workspace", _server.Address("team"), "--phase", "topics");
        Assert.Equal((2, true), (code, error.Contains("Topics are folders", StringComparison.Ordinal)));
    }

    [Fact]
    public void Who_may_make_no_schema_is_told_so()
    {
        _server.Run("create role plain login");
        using var command = new Command();
        var (code, _, error) = command.Run("stress", "--workspace", _server.Address("team", user: "plain"));
        Assert.NotEqual((0, 1), (code, code));
        Assert.Contains("this user may not", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Crashes_of_the_server_break_no_promise()
    {
        var time = TimeSpan.FromSeconds(Setting("TASKLOCKING_STRESS_SECONDS") ?? 10);
        var isLong = time >= Round;
        var options = Small with { Phases = [StressPhase.Mixed], MixedTime = isLong ? Round : time, Soak = isLong ? time : null };
        var (report, crashes) = Run("good", isLong ? options with { Processes = 6, KillInterval = TimeSpan.FromSeconds(2) } : options,
            isLong ? (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(40)) : (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)));
        Assert.True(report.Passed, Told(report));
        Assert.True(report.Phases[0].Kills > 0 && crashes > 0, "nothing befell it");
    }

    [Theory]
    [InlineData("flush left out", "perform pg_logical_emit_message(true, 'tasklocking', '');", "")]
    [InlineData("version from a sequence", "v := v + 1;", "v := nextval('planted');")]
    [InlineData("keys not compared", "p_reads[i]::bigint[] && touched", "false")]
    [InlineData("tail skipped", "and j.version > p_expected and j.version <= base order by j.version limit 1000",
        "and j.version > p_expected + 1 and j.version <= base order by j.version limit 1000")]
    public void A_planted_fault_is_found(string fault, string right, string wrong)
    {
        _ = _server.Address("any");
        _server.Run("create sequence planted");
        var often = TimeSpan.FromSeconds(1);
        (TimeSpan, TimeSpan)? crashes = fault == "flush left out" ? (often, often) : null;
        for (var run = 1; ; run++)
        {
            var (report, _) = Run($"planted{run}", Small, crashes, statements => Planted(statements, right, wrong));
            if (!report.Passed)
                break;
            Assert.True(run < MostRuns, $"'{fault}' was not found in {run} runs.");
        }
    }

    // Boards in a schema of their own, on a server that crashes as often as it is told to while the workers work.
    private (StressReport Report, int Crashes) Run(string name, StressOptions options, (TimeSpan Least, TimeSpan Most)? crashes,
        Func<string, string>? plant = null)
    {
        var seed = Setting("TASKLOCKING_SEED") ?? new Random().Next();
        var schema = "?schema=trial_" + name;
        var address = _server.Address("any") + schema;
        var statements = PostgresSchema.Script(address);
        _server.Run(plant is null ? statements : plant(statements));
        var database = new StressDatabase(address, board => _server.Address(board) + schema,
            (board, folder, isOneShot) => PostgresBoard.Open(board, folder, new TaskBoardOptions { OneShot = isOneShot }))
        { Cut = Cut };
        using var crasher = new Crasher(_server, crashes, seed);
        var report = StressRun.RunIn(database, options with { Seed = seed },
            order => new ProcessStartInfo(Command.Program, ["stress-worker", .. order]), crasher, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"seed {report.Seed}, {crasher.Crashes} crashes, {report.Rounds} rounds in {report.Elapsed.TotalSeconds:0} s\n{Told(report)}");
        if (report.Scratch is { } left)
            Directory.Delete(left, recursive: true);
        Assert.Null(crasher.Fault);
        return (report, crasher.Crashes);
    }

    // Where the server is away just now there is nothing to cut.
    private bool Cut(int process)
    {
        try
        {
            return (long)_server.Run("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = "
                + $"left('{ServerAddress.ApplicationOf(process)}', 63) and pid <> pg_backend_pid()")! > 0;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string Planted(string statements, string right, string wrong)
    {
        Assert.Contains(right, statements, StringComparison.Ordinal);
        return statements.Replace(right, wrong, StringComparison.Ordinal);
    }

    private static string Told(StressReport report) => string.Join('\n', report.Phases.SelectMany(phase => phase.Notes.Prepend(
            $"{phase.Phase}: {phase.Operations} operations, {phase.Kills} kills, {phase.Rate:0} a second; "
                + string.Join(", ", phase.Faults.Select(fault => $"{fault.Name} {fault.Count}")) + "; "
                + string.Join(", ", phase.Refused.Select(refused => $"{refused.Code} {refused.Count}"))))
        .Concat(report.Violations.Take(5).Select(violation => $"{violation.Kind}: {violation.Text}\n{violation.Print()}")));

    // Crashes come by the time, as they do, and only while there is work.
    private sealed class Crasher : IProgress<StressProgress>, IDisposable
    {
        private readonly ManualResetEventSlim _works = new();
        private readonly CancellationTokenSource _over = new();
        private readonly Thread _thread;
        private int _crashes;
        private Exception? _fault;

        public Crasher(ScratchCluster server, (TimeSpan Least, TimeSpan Most)? pace, int seed)
        {
            _thread = new Thread(() => Crash(server, pace, new Random(seed)));
            _thread.Start();
        }

        public int Crashes => Volatile.Read(ref _crashes);

        // Why the server did not come back, if it did not.
        public Exception? Fault => Volatile.Read(ref _fault);

        public void Report(StressProgress value)
        {
            if (value.Step == StressStep.Working)
                _works.Set();
            else
                _works.Reset();
        }

        public void Dispose()
        {
            _over.Cancel();
            _thread.Join();
            _works.Dispose();
            _over.Dispose();
        }

        private void Crash(ScratchCluster server, (TimeSpan Least, TimeSpan Most)? pace, Random random)
        {
            try
            {
                while (pace is var (least, most) && !_over.Token.WaitHandle.WaitOne(least + random.NextDouble() * (most - least)))
                {
                    _works.Wait(_over.Token);
                    server.Crash();
                    Interlocked.Increment(ref _crashes);
                }
            }
            catch (OperationCanceledException)
            {
                // The run is over.
            }
            catch (InvalidOperationException fault)
            {
                Volatile.Write(ref _fault, fault);
            }
        }
    }
}

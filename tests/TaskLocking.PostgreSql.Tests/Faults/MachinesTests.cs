using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Server;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// Two machines, the clock of one a day behind and that of the other a day ahead, drain dependent tasks together; one is cut off for a
/// while and comes back. <c>TASKLOCKING_FLEET</c> sets the number of tasks, 500 for the full proof, and <c>TASKLOCKING_CUT_SECONDS</c> for
/// how long, 60 for the full proof.
/// </summary>
public sealed class MachinesTests : IDisposable
{
    private const int Workers = 3;

    private const string Command = """
        echo "$(hostname) $TASKLOCKING_TASK $TASKLOCKING_TOKEN" >>log; sleep 0.0$((RANDOM % 10))
        """;

    private readonly ScratchCluster _server = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("tasklocking-machines-").FullName;

    public void Dispose()
    {
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async System.Threading.Tasks.Task Two_machines_drain_a_graph_though_one_is_cut_off_for_a_while()
    {
        var (count, cut) = (Number("TASKLOCKING_FLEET") ?? 80, TimeSpan.FromSeconds(Number("TASKLOCKING_CUT_SECONDS") ?? 15));
        var seed = Number("TASKLOCKING_FLEET_SEED") ?? Environment.TickCount;
        using var one = new Machine(1, "-1d");
        using var two = new Machine(2, "+1d");
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}, {count} tasks, cut off for {cut}, wrong clocks: {one.IsSkewed}");
        _ = _server.Address("team");
        _server.Listen("10.213.0.0/16");
        using var board = PostgresBoard.Open(_server.Address("team"), _folder);
        Assert.All(board.Define(Graph(new Random(seed), count)), outcome => Assert.Null(outcome.Refusal));

        // One that claims, is cut off while it works, and finishes too late.
        var late = Claim(two);
        var workers = new[] { one, two }.SelectMany(machine => Enumerable.Range(0, Workers).Select(number => Work(machine, number)))
            .ToList();
        Await(() => Done(board) >= count / 4);
        two.CutOff();
        var over = Stopwatch.StartNew();
        // Whatever the others had is this machine's now: it goes on to the end of what it can do.
        Await(() => board.FindTask(late.Id)!.Status == AgentTaskStatus.Done);
        Await(() => over.Elapsed > cut);
        two.Reconnect();

        foreach (var (worker, said) in workers)
        {
            Assert.True(worker.WaitForExit(TimeSpan.FromMinutes(3)), "a worker hangs");
            Assert.True(worker.ExitCode is 0 or 6, $"exit code {worker.ExitCode}: {await said}");
        }
        var (code, error) = Complete(two, late);
        Assert.True(code == 8 && error.Contains("LeaseLost", StringComparison.Ordinal), $"{code}: {error}");
        Audit(board, count);
    }

    private void Audit(TaskBoard board, int count)
    {
        var begun = File.ReadAllLines(Path.Combine(_folder, "log")).Select(line => line.Split(' ')).ToList();
        Assert.Equal(2, begun.Select(line => line[0]).Distinct().Count());
        Assert.Equal(begun.Count, begun.Select(line => line[1] + " " + line[2]).Distinct().Count());
        var tasks = board.GetTasks();
        Assert.Equal(count, tasks.Count);
        foreach (var task in tasks)
        {
            Assert.Equal((task.Id, AgentTaskStatus.Done), (task.Id, task.Status));
            var history = board.GetHistory(task.Id);
            Assert.Single(history, entry => entry is { Field: "status", NewValue: "Done" });
            // Behind all that it waits for.
            var first = begun.FindIndex(line => line[1] == task.Id);
            Assert.All(task.Dependencies, id => Assert.True(begun.FindIndex(line => line[1] == id) < first, $"{task.Id} before {id}"));
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{begun.Count} begun, " + string.Join(", ",
            begun.GroupBy(line => line[0]).Select(machine => $"{machine.Count()} on {machine.Key}")));
    }

    // A task that is lost again and again is no task's fault here.
    private static List<TaskDefinition> Graph(Random random, int count) => [.. Enumerable.Range(0, count).Select(number =>
        new TaskDefinition($"T{number}")
        {
            MaxAttempt = 10,
            RetryDelay = TimeSpan.FromSeconds(1),
            Dependencies = [.. Enumerable.Range(0, number == 0 ? 0 : random.Next(3)).Select(_ => $"T{random.Next(number)}").Distinct()],
        })];

    private static int Done(TaskBoard board) => board.GetTasks(new TaskQuery { Statuses = [AgentTaskStatus.Done] }).Count;

    private static void Await(Func<bool> so)
    {
        for (var guard = Stopwatch.StartNew(); !so(); Thread.Sleep(20))
            Assert.True(guard.Elapsed < TimeSpan.FromMinutes(5), "it does not come");
    }

    private (Process Process, System.Threading.Tasks.Task<string> Said) Work(Machine machine, int number)
    {
        var process = machine.Start(_folder, Cli.Command.Program, "work", "--workspace", Address(machine), "--agent",
            $"{machine.Gateway}-{number}", "--ttl", "5s", "--until-empty", "--", "bash", "-c", Command);
        _ = process.StandardOutput.ReadToEndAsync();
        return (process, process.StandardError.ReadToEndAsync());
    }

    private (string Id, long Token) Claim(Machine machine)
    {
        var process = machine.Start(_folder, Cli.Command.Program, "next", "--workspace", Address(machine), "--agent", "late", "--start",
            "--ttl", "5s", "--json");
        var told = process.StandardOutput.ReadToEndAsync();
        var said = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), "next hangs");
        Assert.True(process.ExitCode == 0, said.Result);
        var task = JsonDocument.Parse(told.Result).RootElement;
        return (task.GetProperty("id").GetString()!, task.GetProperty("taskLocking").GetProperty("claim").GetProperty("token").GetInt64());
    }

    private (int Code, string Error) Complete(Machine machine, (string Id, long Token) claim)
    {
        var process = machine.Start(_folder, Cli.Command.Program, "complete", claim.Id, "--workspace", Address(machine), "--agent",
            "late", "--token", claim.Token.ToString(CultureInfo.InvariantCulture), "--json");
        var said = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)), "complete hangs");
        return (process.ExitCode, said.Result);
    }

    private string Address(Machine machine) =>
        _server.Address("team").Replace("127.0.0.1", machine.Gateway, StringComparison.Ordinal);

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}

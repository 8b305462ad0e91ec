using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Tests.Cli;
using TaskLocking.Tests.Storage;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>
/// Eight workers (<c>tasklock work</c>) drain dependent tasks whose commands succeed, fail, hang and are flaky, while a third of the
/// workers is killed at random. <c>TASKLOCKING_FLEET</c> sets the number of tasks, 1,000 for the full proof;
/// <c>TASKLOCKING_FLEET_SEED</c> repeats a graph.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class WorkFleetTests : IDisposable
{
    private const int Workers = 8;

    // What it is to do stands in its id. It holds a lock while it works: whoever comes beside it says so.
    private const string Command = """
        id=$TASKLOCKING_TASK; sleep 600 9>&- & child=$!
        exec 9>"locks/$id"; flock -w 10 9 || echo "twice $id 0 0" >>log
        echo "begin $id $TASKLOCKING_TOKEN $$ $child" >>log
        case $id in
            *-hang) wait ;;
            *-fail) exit 3 ;;
            *-flaky) mkdir "seen/$id" 2>/dev/null && exit 4 ;;
        esac
        sleep 0.0$((RANDOM % 10)); exit 0
        """;

    private readonly TempWorkspace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Workers_drain_a_graph_though_a_third_of_them_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It needs bash and flock(1).");
        var count = Number("TASKLOCKING_FLEET") ?? 60;
        var seed = Number("TASKLOCKING_FLEET_SEED") ?? Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}, {count} tasks");
        var random = new Random(seed);
        var tasks = Graph(random, count);
        using var board = TaskBoard.Open(_place.Path);
        Assert.All(board.Define(tasks), outcome => Assert.Null(outcome.Refusal));
        Directory.CreateDirectory(_place.In("locks"));
        Directory.CreateDirectory(_place.In("seen"));
        var workers = Enumerable.Range(0, Workers).Select(number => TasklockProcess.Start(_place.Path, null, "work",
            "--agent", "w" + number, "--until-empty", "--parallel", number % 2 == 0 ? "1" : "2", "--", "bash", "-c", Command)).ToList();
        try
        {
            var killed = KillSome(board, random, workers, count);
            foreach (var worker in workers.Except(killed))
            {
                var answer = worker.Finish();
                Assert.True(answer.ExitCode == 6, $"exit code {answer.ExitCode}: {answer.Error}");
                Assert.Contains("Nothing is left to do: ", answer.Error, StringComparison.Ordinal);
            }
            Audit(board, tasks);
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private static List<TaskDefinition> Graph(Random random, int count)
    {
        var tasks = new List<TaskDefinition>();
        for (var number = 0; number < count; number++)
        {
            // Of each kind there is one in the first tasks.
            var kind = (number < 8 ? number : random.Next(20)) switch { 1 => "hang", 3 => "fail", 5 or 7 => "flaky", _ => "good" };
            // Mostly behind such as come to their end.
            var behind = Enumerable.Range(0, number == 0 ? 0 : random.Next(3)).Select(_ => tasks[random.Next(number)])
                .Where(task => task.Tags[0] is "good" or "flaky" || random.Next(4) == 0).Select(task => task.Id).Distinct().ToList();
            tasks.Add(new TaskDefinition($"T{number}-{kind}")
            {
                Dependencies = behind,
                MaxAttempt = kind == "flaky" ? 6 : 1,
                RetryDelay = TimeSpan.FromSeconds(1),
                TimeLimit = kind == "hang" ? TimeSpan.FromSeconds(2) : null,
                Tags = [kind],
            });
        }
        return tasks;
    }

    // Each when so many tasks have come to their end.
    private static List<TasklockProcess> KillSome(TaskBoard board, Random random, List<TasklockProcess> workers, int count)
    {
        var victims = workers.OrderBy(_ => random.Next()).Take(Workers / 3).ToList();
        foreach (var (victim, at) in victims.Zip(victims.Select(_ => 1 + random.Next(count / 5)).Order()))
        {
            for (var guard = Stopwatch.StartNew(); Ended(board) < at; Thread.Sleep(1))
                Assert.True(guard.Elapsed < TimeSpan.FromMinutes(5), $"{Ended(board)} tasks have ended.");
            victim.KillHard();
            victim.ExitCode();
        }
        return victims;
    }

    private static int Ended(TaskBoard board) =>
        board.GetTasks(new TaskQuery { Statuses = [AgentTaskStatus.Done, AgentTaskStatus.Failed] }).Count;

    private void Audit(TaskBoard board, List<TaskDefinition> tasks)
    {
        var lines = File.ReadAllLines(_place.In("log")).Select(line => line.Split(' ')).ToList();
        Assert.DoesNotContain(lines, line => line[0] == "twice");
        // A claim is worked on once.
        Assert.Equal(lines.Count, lines.Select(line => line[1] + " " + line[2]).Distinct(StringComparer.Ordinal).Count());
        var status = new Dictionary<string, AgentTaskStatus>(StringComparer.Ordinal);
        foreach (var task in tasks)
        {
            status[task.Id] = task.Dependencies.Any(id => status[id] != AgentTaskStatus.Done) ? AgentTaskStatus.Blocked
                : task.Tags[0] is "hang" or "fail" ? AgentTaskStatus.Failed : AgentTaskStatus.Done;
            var now = board.FindTask(task.Id)!;
            Assert.Equal((task.Id, status[task.Id]), (now.Id, now.Status));
            Assert.Null(now.Claim);
            var begun = lines.Count(line => line[1] == task.Id);
            Assert.Equal(now.Status == AgentTaskStatus.Blocked, begun == 0);
            if (now.Status == AgentTaskStatus.Failed)
                Assert.StartsWith(task.Tags[0] == "fail" ? "exit code 3" : "timed out after 2 s", now.Failure!.Reason,
                    StringComparison.Ordinal);
            // One that failed for good failed once, whoever was killed over it before.
            Assert.Equal(now.Status == AgentTaskStatus.Done ? 1 : 0,
                board.GetHistory(task.Id).Count(entry => entry is { Field: "status", NewValue: "Done" }));
        }
        foreach (var pid in lines.SelectMany(line => line[3..]).Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            for (var guard = Stopwatch.StartNew(); IsRunning(pid); Thread.Sleep(1))
                Assert.True(guard.Elapsed < TimeSpan.FromMinutes(1), $"Process {pid} is left.");
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{lines.Count} begun; " + string.Join(", ",
            status.Values.GroupBy(each => each).Select(group => $"{group.Count()} {group.Key}")));
    }

    private static bool IsRunning(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace TaskLocking.Tests.Cli;

/// <summary>The worker: what becomes of a task by how its command ends, and of the command by what becomes of the task.</summary>
public sealed class WorkTests
{
    // Says that it is there, with its number and that of what it started, and works for ever.
    private const string Endless = "sleep 600 >/dev/null 2>&1 & echo \"$$ $!\"; wait";

    [Fact]
    public void The_command_gets_its_task_and_ends_it_by_its_exit_code()
    {
        using var workspace = new CliWorkspace().With("T-1", "T-2");
        var answer = Work(workspace, "--until-empty", "--stdin", "--", "sh", "-c",
            "grep -c \"\\\"id\\\": *\\\"$TASKLOCKING_TASK\\\"\"; echo \"$TASKLOCKING_AGENT $TASKLOCKING_TOKEN\"; "
            // So that what went to the other stream has been read before.
            + $"'{TasklockProcess.Program}' task get \"$TASKLOCKING_TASK\" --json >/dev/null; echo note >&2; [ $TASKLOCKING_TASK = T-1 ]");
        Assert.Equal(6, answer.ExitCode);
        Assert.Matches("^1\nw [0-9]+\n1\nw [0-9]+\n$", answer.Output);
        Assert.Contains("tasklock: T-1 done after ", answer.Error, StringComparison.Ordinal);
        Assert.Contains(": exit code 1: note\n", answer.Error, StringComparison.Ordinal);
        Assert.EndsWith("Nothing is left to do: 1 done, 1 failed. Of this worker: 1 done, 1 failed.", answer.Error,
            StringComparison.Ordinal);
        Assert.Equal("Done", Task(workspace, "T-1").GetProperty("status").GetString());
        var failure = Task(workspace, "T-2").GetProperty("taskLocking").GetProperty("failure");
        Assert.Equal("exit code 1: note", failure.GetProperty("reason").GetString());
        Assert.EndsWith("note", failure.GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.Contains("What failed wrote last:\n", workspace.Run("task", "get", "T-2").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_is_tried_again_as_often_as_it_may_be()
    {
        using var workspace = new CliWorkspace();
        Define(workspace, "T-1", "--max-attempt", "2", "--retry-delay", "1s");
        Define(workspace, "T-2", "--depends-on", "T-1");
        var answer = Work(workspace, "--until-empty", "--json", "--", "sh", "-c",
            "echo seen >>$TASKLOCKING_TASK; [ $TASKLOCKING_TASK = T-2 ] || [ $(wc -l <T-1) = 2 ]");
        Assert.Equal(0, answer.ExitCode);
        var events = Lines(answer.Output);
        Assert.Equal(["begun", "ended", "begun", "ended", "begun", "ended", "finished"], events.Select(each => Text(each, "event")));
        Assert.Equal(["retry", "done", "done"], events.Where(each => Text(each, "event") == "ended").Select(each => Text(each, "result")));
        Assert.Equal("empty", Text(events[^1], "end"));
        Assert.Equal(2, events[^1].GetProperty("done").GetInt32());
    }

    [Fact]
    public void It_ends_when_only_people_can_go_on()
    {
        using var workspace = new CliWorkspace().With("F");
        Define(workspace, "B", "--depends-on", "F");
        Define(workspace, "R", "--needs-review");
        Define(workspace, "W", "--depends-on", "R");
        Define(workspace, "M", "--depends-on", "nowhere");
        var answer = Work(workspace, "--until-empty", "--", "sh", "-c", "[ $TASKLOCKING_TASK != F ]");
        Assert.Equal(6, answer.ExitCode);
        Assert.Contains("Nothing is left to do: 1 in review, 1 failed, 1 blocked, 1 stuck, 1 that wait for these.", answer.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void It_waits_for_what_others_define_and_takes_as_many_as_it_is_to()
    {
        using var workspace = new CliWorkspace().With("other");
        using var worker = Start(workspace, "--count", "2", "--swarm", "s", "--", "sh", "-c", "echo $TASKLOCKING_TASK");
        Define(workspace, "T-1", "--swarm", "s");
        Assert.Equal("T-1", worker.ReadLine());
        Define(workspace, "T-2", "--swarm", "s");
        Assert.Equal("T-2", worker.ReadLine());
        Assert.Equal(0, worker.Finish().ExitCode);
        Assert.Equal("Todo", Status(workspace, "other"));
    }

    [Theory]
    [InlineData("--once", "--idle-timeout", "0")]
    [InlineData("--until-empty")]
    public void Nothing_to_do_is_no_fault(params string[] options)
    {
        using var workspace = new CliWorkspace();
        var answer = Work(workspace, [.. options, "--", "false"]);
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("This worker took none.", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_begin_with_the_id_on_request_and_streams_stay_apart()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var answer = Work(workspace, "--once", "--prefix", "--", "sh", "-c", "printf 'a\\nb'; echo c >&2");
        Assert.Equal("T-1 | a\nT-1 | b\n", answer.Output);
        Assert.StartsWith("T-1 | c\n", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_tasks_are_worked_on_at_a_time()
    {
        using var workspace = new CliWorkspace().With("A", "B", "C");
        // Each waits for the others.
        var answer = Work(workspace, "--until-empty", "--parallel", "3", "--", "sh", "-c",
            "touch $TASKLOCKING_TASK.here; until [ -e A.here ] && [ -e B.here ] && [ -e C.here ]; do sleep 0.01; done");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("Of this worker: 3 done.", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unassign", "T-1", "--from", "w", "--force")]
    [InlineData("task", "remove", "T-1", "--force")]
    [InlineData("task", "set", "T-1", "--status", "cancelled", "--force")]
    public void A_command_whose_claim_is_lost_is_stopped_with_all_that_it_started(params string[] taking)
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var worker = Start(workspace, "--once", "--", "sh", "-c", Endless);
        var processes = Numbers(worker);
        Assert.Equal(0, workspace.Run(taking).ExitCode);
        var answer = worker.Finish();
        Assert.Equal(6, answer.ExitCode);
        Assert.Contains("T-1 lost after ", answer.Error, StringComparison.Ordinal);
        Assert.All(processes, AssertGone);
    }

    [Fact]
    public void A_command_that_does_not_end_when_asked_is_killed()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var worker = Start(workspace, "--once", "--stop-time", "0", "--", "sh", "-c", "trap '' TERM; " + Endless);
        var processes = Numbers(worker);
        Assert.Equal(0, workspace.Run("unassign", "T-1", "--from", "w", "--force").ExitCode);
        Assert.Equal(6, worker.Finish().ExitCode);
        Assert.All(processes, AssertGone);
    }

    [Fact]
    public void A_command_that_takes_too_long_has_ended_by_the_limit_and_failed()
    {
        using var workspace = new CliWorkspace();
        Define(workspace, "T-1", "--time-limit", "1s");
        using var worker = Start(workspace, "--until-empty", "--", "sh", "-c", Endless);
        var processes = Numbers(worker);
        Assert.Equal(6, worker.Finish().ExitCode);
        Assert.All(processes, AssertGone);
        Assert.Equal("timed out after 1 s",
            Task(workspace, "T-1").GetProperty("taskLocking").GetProperty("failure").GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(TasklockProcess.Interrupt)]
    [InlineData(TasklockProcess.Terminate)]
    public void A_signal_gives_the_task_back_and_the_attempt_does_not_count(int signal)
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var worker = Start(workspace, "--until-empty", "--", "sh", "-c", Endless);
        var processes = Numbers(worker);
        worker.Signal(signal);
        var answer = worker.Finish();
        Assert.Equal(128 + signal, answer.ExitCode);
        Assert.Contains("T-1 given back after ", answer.Error, StringComparison.Ordinal);
        Assert.All(processes, AssertGone);
        var task = Task(workspace, "T-1");
        Assert.Equal("Todo", Text(task, "status"));
        Assert.False(task.GetProperty("taskLocking").TryGetProperty("attempt", out _));
        Assert.False(task.TryGetProperty("assignee", out var assignee) && assignee.ValueKind == JsonValueKind.Object);
    }

    [Fact]
    public void A_killed_worker_leaves_nothing_running_and_its_task_is_free_at_once()
    {
        using var workspace = new CliWorkspace().With("T-1");
        using var worker = Start(workspace, "--until-empty", "--", "sh", "-c", "trap '' TERM HUP; " + Endless);
        var processes = Numbers(worker);
        worker.KillHard();
        worker.ExitCode();
        Assert.Equal("T-1", Text(workspace.Run("next", "--agent", "other", "--json").Document(), "id"));
        Assert.All(processes, AssertGone);
    }

    [Fact]
    public void What_a_command_leaves_running_ends_with_it()
    {
        using var workspace = new CliWorkspace().With("T-1");
        var answer = Work(workspace, "--once", "--", "sh", "-c", "sleep 600 & echo $!");
        Assert.Equal(0, answer.ExitCode);
        AssertGone(int.Parse(answer.Output, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("no-such-command-here", 127)]
    [InlineData("./no-program", 126)]
    public void A_command_that_cannot_be_run_is_no_tasks_fault(string command, int exitCode)
    {
        using var workspace = new CliWorkspace().With("T-1");
        File.WriteAllText(Path.Combine(workspace.Folder, "no-program"), "true\n");
        var answer = Work(workspace, "--until-empty", "--", command);
        Assert.Equal(exitCode, answer.ExitCode);
        Assert.Contains($"'{command}'", answer.Error, StringComparison.Ordinal);
        Assert.Equal("Todo", Status(workspace, "T-1"));
        Assert.False(Task(workspace, "T-1").GetProperty("taskLocking").TryGetProperty("attempt", out _));
    }

    [Theory]
    [InlineData("work", "--agent", "w", "true")]
    [InlineData("work", "--agent", "w", "--once", "--count", "2", "--", "true")]
    [InlineData("work", "--agent", "w", "--count", "0", "--", "true")]
    [InlineData("work", "--agent", "w", "--parallel", "0", "--", "true")]
    [InlineData("work", "--agent", "w", "--ttl", "0", "--", "true")]
    [InlineData("work", "--agent", "w", "--stop-time", "2h", "--", "true")]
    [InlineData("work", "--", "true")]
    public void What_cannot_be_is_refused_before_anything_is_taken(params string[] words)
    {
        using var workspace = new CliWorkspace().With("T-1");
        workspace.Run(["--json", .. words]).Refusal("InvalidArgument", 2);
        Assert.Equal("Todo", Status(workspace, "T-1"));
    }

    private static TasklockAnswer Work(CliWorkspace workspace, params string[] words) => workspace.Run(["work", "--agent", "w", .. words]);

    private static TasklockProcess Start(CliWorkspace workspace, params string[] words) =>
        workspace.Start(["work", "--agent", "w", .. words]);

    private static void Define(CliWorkspace workspace, params string[] words) =>
        Assert.Equal(0, workspace.Run(["task", "new", .. words]).ExitCode);

    private static JsonElement Task(CliWorkspace workspace, string id) => workspace.Run("task", "get", id, "--json").Document();

    private static string? Status(CliWorkspace workspace, string id) => Text(Task(workspace, id), "status");

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static List<int> Numbers(TasklockProcess worker) =>
        [.. worker.ReadLine()!.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    private static List<JsonElement> Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    })];

    // What ended is nobody's child any more and forgotten at the latest when the system gets to it.
    private static void AssertGone(int pid)
    {
        for (var guard = Stopwatch.StartNew(); IsRunning(pid); System.Threading.Thread.Yield())
            Assert.True(guard.Elapsed < TimeSpan.FromMinutes(1), $"Process {pid} is left.");
    }

    private static bool IsRunning(int pid)
    {
        if (!OperatingSystem.IsLinux())
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                return !process.HasExited;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
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
}

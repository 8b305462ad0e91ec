using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using TaskLocking.Tests.Processes;
using Xunit;

namespace TaskLocking.Tests.Cli;

[Collection(ProcessTests.Name)]
public sealed class StressCommandTests
{
    // A guard against a hang.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public void A_run_is_one_document_and_leaves_nothing()
    {
        using var workspace = new CliWorkspace();
        var report = workspace.Run("stress", "--phase", "topics", "--phase", "mixed", "--seconds", "1", "--processes", "2", "--tasks", "4",
            "--topics", "3", "--seed", "5", "--json").Document();
        Assert.True(report.GetProperty("passed").GetBoolean());
        Assert.Equal(100, report.GetProperty("reliability_percent").GetDouble());
        Assert.Equal(5, report.GetProperty("seed").GetInt32());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("scratch").ValueKind);
        Assert.Equal(["mixed", "topics"], TasklockAnswer.Texts(report.GetProperty("phases"), "phase"));
        Assert.Equal(30, report.GetProperty("phases")[1].GetProperty("operations").GetInt64());
        foreach (var name in new[] { "collisions", "lost", "doubled", "torn", "not_linearizable", "refused_but_done", "token_not_growing",
            "unexpected" })
            Assert.Equal(0, report.GetProperty(name).GetInt32());
        Assert.Equal(["p50_ms", "p95_ms", "p99_ms", "longest_ms"], report.GetProperty("phases")[0].GetProperty("latency").EnumerateObject()
            .Select(each => each.Name));
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public void Processes_that_are_killed_leave_no_temporary_file()
    {
        using var workspace = new CliWorkspace();
        var temporary = Directory.CreateDirectory(Path.Combine(workspace.Folder, "temporary")).FullName;
        var environment =
            new Dictionary<string, string>(StringComparer.Ordinal)
            { ["TMPDIR"] = temporary, ["DOTNET_EnableDiagnostics"] = "1" };
        var report = workspace.RunWith("", environment, "stress", "--phase", "mixed", "--seconds", "2", "--processes", "2",
            "--json").Document();
        Assert.InRange(report.GetProperty("kills").GetInt32(), 1, int.MaxValue);
        workspace.RunWith("", environment, "check", "--json").Document();
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary));
    }

    [Fact]
    public void A_person_gets_a_line_a_phase_a_table_and_the_score()
    {
        using var workspace = new CliWorkspace();
        var answer = workspace.Run("stress", "--phase", "topics", "--topics", "2", "--soak", "1s");
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        Assert.StartsWith("ok", answer.Output, StringComparison.Ordinal);
        Assert.Contains("reliability 100 %", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--phase", "never")]
    [InlineData("--processes", "1")]
    [InlineData("--tasks", "many")]
    [InlineData("--seconds", "0")]
    [InlineData("--rounds", "0")]
    [InlineData("--kill-interval", "1ms")]
    [InlineData("--topics", "0")]
    [InlineData("--topic-processes", "101")]
    [InlineData("--seed", "x")]
    [InlineData("--soak", "soon")]
    public void What_cannot_be_is_refused(string option, string value)
    {
        using var workspace = new CliWorkspace();
        workspace.Run("stress", option, value, "--json").Refusal("InvalidArgument", 2);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public void The_sizes_are_the_ones_that_were_asked_for()
    {
        using var workspace = new CliWorkspace();
        var report = workspace.Run("stress", "--phase", "topics", "--phase", "define", "--processes", "2", "--rounds", "3", "--topics",
            "4", "--topic-processes", "3", "--json").Document();
        var phases = report.GetProperty("phases").EnumerateArray()
            .Select(phase => (phase.GetProperty("processes").GetInt32(), phase.GetProperty("operations").GetInt32()));
        Assert.Equal([(2, 12), (3, 12)], phases);
    }

    [Fact]
    public void A_worker_that_somebody_else_kills_is_a_broken_promise_and_the_folder_is_left()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finds the workers in /proc.");
        using var workspace = new CliWorkspace();
        using var stress = workspace.Start("stress", "--phase", "topics", "--topics", "100000", "--json");
        Process.GetProcessById(Worker(workspace, stress)).Kill();
        var answer = stress.Finish();
        Assert.True(answer.ExitCode == 12, answer.Output + answer.Error);
        var report = answer.Partial();
        Assert.False(report.GetProperty("passed").GetBoolean());
        Assert.True(report.GetProperty("reliability_percent").GetDouble() < 100);
        Assert.NotEqual(0, report.GetProperty("unexpected").GetInt32());
        Assert.True(Directory.Exists(report.GetProperty("scratch").GetString()));
        Assert.Empty(Workers(workspace));
    }

    [Fact]
    public void Control_C_ends_the_workers_and_removes_the_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finds the workers in /proc.");
        using var workspace = new CliWorkspace();
        using var stress = workspace.Start("stress", "--phase", "mixed", "--seconds", "600", "--processes", "3");
        _ = Worker(workspace, stress);
        stress.Signal(TasklockProcess.Interrupt);
        Assert.Equal(130, stress.Finish().ExitCode);
        Assert.Empty(Workers(workspace));
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public void Workers_of_a_killed_run_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Finds the workers in /proc.");
        using var workspace = new CliWorkspace();
        using var stress = workspace.Start("stress", "--phase", "mixed", "--seconds", "600", "--processes", "3");
        _ = Worker(workspace, stress);
        stress.KillHard();
        var waited = Stopwatch.StartNew();
        while (Workers(workspace).Length > 0)
        {
            Assert.True(waited.Elapsed < Patience, "Workers are left.");
            Thread.Sleep(20);
        }
    }

    // One of those that work, as a log tells.
    private static int Worker(CliWorkspace workspace, TasklockProcess stress)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var working = Directory.EnumerateFiles(workspace.Folder, "w*.log", SearchOption.AllDirectories)
                .Any(path => new FileInfo(path).Length > 100);
            if (working && Workers(workspace) is { Length: > 0 } workers)
                return workers[0];
            if (stress.HasExited || waited.Elapsed > Patience)
                Assert.Fail("No worker works: " + stress.Finish());
            Thread.Sleep(20);
        }
    }

    private static int[] Workers(CliWorkspace workspace) => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0)
        .Where(pid => pid > 0 && CommandLine(pid) is { } line && line.Contains("stress-worker", StringComparison.Ordinal)
            && line.Contains(workspace.Folder, StringComparison.Ordinal))
        .ToArray();

    private static string? CommandLine(int pid)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // It is gone.
        }
    }
}

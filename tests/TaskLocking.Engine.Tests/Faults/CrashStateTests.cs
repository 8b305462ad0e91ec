using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using TaskLocking.Tests.Processes;
using Xunit;

namespace TaskLocking.Tests.Faults;

/// <summary>
/// The states that a power cut may leave: the explorer records real processes and opens what a disk may have of their work. It finds what
/// is planted, and nothing else. TASKLOCKING_CRASH_STATES says how many states, TASKLOCKING_SEED which.
/// </summary>
public sealed class CrashStateTests(ITestOutputHelper output)
{
    private const int Unsupported = 77;
    private const int Tries = 4;

    private static readonly int States = Surroundings.Setting("TASKLOCKING_CRASH_STATES") ?? 5000;
    private static readonly int Seed = Surroundings.Setting("TASKLOCKING_SEED") ?? Environment.TickCount;

    [Fact]
    public void Nothing_acknowledged_is_lost_in_any_state()
    {
        var (lines, exit) = Explore(Seed, "--states", States.ToString(CultureInfo.InvariantCulture));
        Assert.DoesNotContain(lines, line => line.StartsWith("fault\t", StringComparison.Ordinal));
        Assert.Equal(0, exit);
        Assert.Contains(lines, line => line.StartsWith($"{States} states, 0 faults", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("forget-folder", "first commit", "200")]
    [InlineData("answer-before-flush", "fleet", "200")]
    [InlineData("rename-unflushed", "checkpoints", "200")]
    [InlineData("go-on-after-failed-flush", "failed flush", "600")]
    public void A_planted_fault_is_found(string fault, string scene, string states)
    {
        // What processes do at once is never the same: where the fault did no harm, they are recorded once more.
        var (lines, exit, seed) = (new List<string>(), 0, Seed);
        for (; exit == 0 && seed < Seed + Tries; seed++)
            (lines, exit) = Explore(seed, "--planted", fault, "--scene", scene, "--states", states);
        Assert.Contains(lines, line => line.StartsWith("fault\t", StringComparison.Ordinal));
        Assert.Equal(1, exit);
        // What was recorded stays, so that a state can be made again.
        var recordings = lines.Single(line => line.StartsWith("Again: ", StringComparison.Ordinal)).Split(' ')[2];
        var number = lines.First(line => line.StartsWith("fault\t", StringComparison.Ordinal)).Split('\t')[1];
        var (again, _) = Explore(seed - 1, "--recordings", recordings, "--state", number);
        Assert.Contains(again, line => line.StartsWith($"fault\t{number}\t", StringComparison.Ordinal));
        Directory.Delete(recordings, recursive: true);
    }

    private (List<string> Lines, int Exit) Explore(int seed, params string[] arguments)
    {
        var start = new ProcessStartInfo(FindProgram(), [.. arguments, "--seed", seed.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        process.WaitForExit();
        lines.ForEach(output.WriteLine);
        Assert.SkipWhen(process.ExitCode == Unsupported, errors.Result);
        Assert.True(process.ExitCode is 0 or 1, errors.Result);
        return (lines, process.ExitCode);
    }

    private static string FindProgram()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        const string Name = "TaskLocking.CrashStates";
        return Path.Combine(Repository.Root, "tests", Name, "bin", output.Parent!.Name, output.Name, Name);
    }
}

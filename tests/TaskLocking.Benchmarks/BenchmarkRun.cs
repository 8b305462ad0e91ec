using System;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using TaskLocking.Benchmarks.Harness;

namespace TaskLocking.Benchmarks;

/// <summary>Measures the chosen goals one after the other and prints their table.</summary>
internal static class BenchmarkRun
{
    /// <summary>0 when every chosen goal could be measured, met or not; 1 when one failed to run.</summary>
    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        // Whoever runs this may have a relay; it is none of what is measured.
        Environment.SetEnvironmentVariable(RelayProgram.Variable, "off");
        using var bench = new Bench(options);
        var report = new Report();
        var failed = false;
        foreach (var goal in GoalList.All.Where(goal => goal.Ids.Any(options.Wants)))
        {
            var names = string.Join(", ", goal.Ids.Where(options.Wants));
            Console.Error.WriteLine($"{names}: {goal.Title} …");
            try
            {
                await goal.MeasureAsync(bench, report);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException or TimeoutException or Win32Exception)
            {
                failed = true;
                report.Note($"{names} failed: {e.Message.Trim().Split('\n')[0]}");
            }
        }
        foreach (var missing in bench.Peers.Missing)
            report.Note(missing);
        Console.WriteLine(Machine(bench) + FormattableString.Invariant($"; {options.Rounds} rounds, {options.Seconds} s a timed run"));
        Console.WriteLine();
        report.Write(Console.Out);
        return failed ? 1 : 0;
    }

    private static string Machine(Bench bench) =>
        $"{Family} {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} cores, " +
        $"{bench.Scratch.FileSystem}, {RuntimeInformation.FrameworkDescription}";

    private static string Family => OperatingSystem.IsLinux() ? "Linux" : OperatingSystem.IsMacOS() ? "macOS" : "Windows";
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>Programs on the search path.</summary>
internal static class Programs
{
    /// <summary>Every program of this name on the search path, in its order.</summary>
    public static IEnumerable<string> All(string name)
    {
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, file))
            .Where(File.Exists);
    }

    /// <summary>The program that a shell would take, or null.</summary>
    public static string? First(string name) => All(name).FirstOrDefault();

    /// <summary>A number as a program reads it.</summary>
    public static string Argument(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether a program ends with exit code 0.</summary>
    public static bool Succeeds(string program, params string[] arguments) =>
        Complete(new ProcessStartInfo(program, arguments)).ExitCode == 0;

    /// <summary>Runs a program to its end and gives its standard output.</summary>
    /// <exception cref="InvalidOperationException">It failed; with what it said.</exception>
    public static string Run(string program, params string[] arguments) => Run(new ProcessStartInfo(program, arguments)).Output;

    /// <summary>Runs a program to its end and gives both its streams.</summary>
    /// <exception cref="InvalidOperationException">It failed; with what it said.</exception>
    public static (string Output, string Error) Run(ProcessStartInfo start)
    {
        var (exitCode, output, error) = Complete(start);
        return exitCode == 0
            ? (output, error)
            : throw new InvalidOperationException(
                $"{Path.GetFileName(start.FileName)} {string.Join(' ', start.ArgumentList)}: exit code {exitCode}: {error.Trim()} " +
                    $"{output.Trim()}");
    }

    /// <summary>Runs a program whose output does not matter and tells how long it took, from its start to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; with what it said.</exception>
    public static double Milliseconds(ProcessStartInfo start) => 1e3 * Timed(start).Seconds;

    /// <summary>Runs a program and tells how long it took, from its start to its end, and its standard output.</summary>
    /// <exception cref="InvalidOperationException">It failed; with what it said.</exception>
    public static (double Seconds, string Output) Timed(ProcessStartInfo start)
    {
        var clock = Stopwatch.StartNew();
        var output = Run(start).Output;
        return (clock.Elapsed.TotalSeconds, output);
    }

    private static (int ExitCode, string Output, string Error) Complete(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}

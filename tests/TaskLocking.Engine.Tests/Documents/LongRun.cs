using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace TaskLocking.Tests.Documents;

/// <summary>A program that builds, packs or installs, to its end, and all that it said.</summary>
internal sealed record LongRun(int ExitCode, string Said)
{
    // A guard against a hang, not a measurement.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(30);

    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <param name="folder">Where it is started.</param>
    /// <param name="environment">What is set beside that of the tests.</param>
    /// <param name="program">The program.</param>
    /// <param name="args">Its arguments.</param>
    public static async Task<LongRun> Of(string folder, IReadOnlyDictionary<string, string> environment, string program,
        params string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test run's own build engine set, and who works on which board, is not for what is started here.
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList())
            start.Environment.Remove(name);
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            var said = await output + await error;
            await process.WaitForExitAsync(deadline.Token);
            return new LongRun(process.ExitCode, said);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>The same, which must succeed; gives what it said.</summary>
    public static async Task<string> Succeeded(string folder, IReadOnlyDictionary<string, string> environment, string program,
        params string[] args)
    {
        var run = await Of(folder, environment, program, args);
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', args)} ended with {run.ExitCode}: {run.Said}");
        return run.Said;
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("TASKLOCKING_", StringComparison.Ordinal);
}

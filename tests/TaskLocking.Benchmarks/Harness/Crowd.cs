using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>
/// One-shot processes started at once: each is a shell that waits at a gate and then becomes the program, so that starting the last
/// does not take longer than running the first.
/// </summary>
internal static class Crowd
{
    private const string Gate = "echo READY; read -r _; exec \"$0\" \"$@\"";

    /// <summary>Runs all to their end; gives what each wrote to standard error, and the seconds from the common start to its end.</summary>
    /// <exception cref="InvalidOperationException">One of them failed, or there is no shell.</exception>
    public static async Task<IReadOnlyList<(string Error, double Seconds)>> RunAsync(IEnumerable<ProcessStartInfo> programs)
    {
        var shell = Programs.First("sh") ?? throw new InvalidOperationException("a POSIX shell (sh) is missing");
        using var guard = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var members = new List<Process>();
        try
        {
            foreach (var program in programs)
            {
                members.Add(Started.Start(new ProcessStartInfo(shell, ["-c", Gate, program.FileName, .. program.ArgumentList])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }));
            }
            foreach (var member in members)
                await member.StandardOutput.ReadLineAsync(guard.Token);
            var clock = Stopwatch.StartNew();
            foreach (var member in members)
                member.StandardInput.Close();
            return await Task.WhenAll(members.Select(async member =>
            {
                var output = member.StandardOutput.ReadToEndAsync(guard.Token);
                var error = await member.StandardError.ReadToEndAsync(guard.Token);
                await output;
                await member.WaitForExitAsync(guard.Token);
                if (member.ExitCode != 0)
                    throw new InvalidOperationException($"exit code {member.ExitCode}: {error.Trim()}");
                return (error, clock.Elapsed.TotalSeconds);
            }));
        }
        finally
        {
            members.ForEach(Started.End);
        }
    }
}

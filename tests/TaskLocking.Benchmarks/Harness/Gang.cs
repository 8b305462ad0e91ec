using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>
/// Processes that start their work together: each says READY when it is warm, all get a line, each answers with a line of JSON.
/// One that fails or hangs ends the whole gang with what it said.
/// </summary>
internal static class Gang
{
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(15);

    /// <summary>Runs the processes to their end.</summary>
    /// <exception cref="InvalidOperationException">One of them failed.</exception>
    /// <exception cref="TimeoutException">One of them hung.</exception>
    public static async Task<GangReport> RunAsync(IEnumerable<ProcessStartInfo> starts)
    {
        using var guard = new CancellationTokenSource(Guard);
        var members = new List<Process>();
        try
        {
            foreach (var start in starts)
            {
                start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
                members.Add(Started.Start(start));
            }
            var errors = members.Select(member => member.StandardError.ReadToEndAsync(guard.Token)).ToList();
            await Task.WhenAll(members.Select(async (member, i) =>
            {
                if (await member.StandardOutput.ReadLineAsync(guard.Token) != "READY")
                    throw new InvalidOperationException($"{member.StartInfo.FileName} did not start: {(await errors[i]).Trim()}");
            }));
            foreach (var member in members)
            {
                member.StandardInput.Write("go\n");
                member.StandardInput.Flush();
            }
            return new GangReport(await Task.WhenAll(members.Select(async (member, i) =>
            {
                var line = await member.StandardOutput.ReadLineAsync(guard.Token);
                await member.WaitForExitAsync(guard.Token);
                if (member.ExitCode != 0 || line is null)
                {
                    throw new InvalidOperationException(
                        $"{member.StartInfo.FileName} ended with {member.ExitCode}: {(await errors[i]).Trim()}");
                }
                return JsonSerializer.Deserialize(line, WorkerReportJson.Default.WorkerReport)!;
            })));
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"The processes did not end within {Guard.TotalMinutes} minutes.", e);
        }
        finally
        {
            members.ForEach(Started.End);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace TaskLocking.Benchmarks.Harness;

/// <summary>
/// Processes that work in the scratch folder: whoever has to remove it before they are done, as after Ctrl+C, ends them first.
/// </summary>
internal static class Started
{
    private static readonly List<Process> Live = [];
    private static bool _isOver;

    /// <summary>Starts one.</summary>
    /// <exception cref="InvalidOperationException">All were ended.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        lock (Live)
        {
            var process = _isOver ? throw new InvalidOperationException("The benchmark was stopped.") : Process.Start(start)!;
            Live.Add(process);
            return process;
        }
    }

    /// <summary>Ends one, with what it has started itself, unless it has ended.</summary>
    public static void End(Process process)
    {
        lock (Live)
        {
            if (!Live.Remove(process))
                return;
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit(TimeSpan.FromSeconds(5));
            }
            process.Dispose();
        }
    }

    /// <summary>Ends all, and lets no more be started.</summary>
    public static void EndAll()
    {
        lock (Live)
        {
            _isOver = true;
            while (Live.Count > 0)
                End(Live[^1]);
        }
    }
}

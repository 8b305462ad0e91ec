using System;
using System.Diagnostics;
using System.Runtime;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>Warming up.</summary>
internal static class Repeat
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Repeats an act until <see cref="Worker.WarmTime"/> has passed and the compiler has had nothing to do for a while: where many
    /// processes warm themselves on few cores, it is far behind by then, and would take its time from what is measured.
    /// </summary>
    public static void UntilWarm(Action act)
    {
        var (compiled, since) = (0L, TimeSpan.Zero);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Worker.WarmTime
            || (clock.Elapsed - since < Quiet && clock.Elapsed < Longest);)
        {
            act();
            if (JitInfo.GetCompiledMethodCount() is var now && now != compiled)
                (compiled, since) = (now, clock.Elapsed);
        }
    }
}

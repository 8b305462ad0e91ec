using System;
using System.Diagnostics;

namespace TaskLocking.Benchmarks.Workers;

/// <summary>Warming up.</summary>
internal static class Repeat
{
    /// <summary>Repeats an act until <see cref="Worker.WarmTime"/> has passed.</summary>
    public static void UntilWarm(Action act)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Worker.WarmTime;)
            act();
    }
}

using System;
using System.Threading;
using TaskLocking.Faults;

namespace TaskLocking.Stress;

/// <summary>Where all processes of a test meet.</summary>
internal static class Gate
{
    /// <summary>With TASKLOCKING_GATE=name the first arrival at that failpoint tells <c>AT name</c> and waits to be let through.</summary>
    public static void StandAtFailpoint()
    {
        if (Environment.GetEnvironmentVariable("TASKLOCKING_GATE") is not { } place)
            return;
        var arrivals = 0;
        Failpoint.Arrived = name =>
        {
            if (name != place || Interlocked.Increment(ref arrivals) > 1)
                return;
            Report.Line("AT", name);
            Console.In.ReadLine();
        };
    }

    /// <summary>Tells that this one is prepared and waits to be let through.</summary>
    public static void Wait()
    {
        Report.Line("READY");
        if (Console.In.ReadLine() is null)
            Environment.Exit(3);
    }
}

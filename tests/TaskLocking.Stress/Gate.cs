using System;

namespace TaskLocking.Stress;

/// <summary>Where all processes of a test meet.</summary>
internal static class Gate
{
    /// <summary>Tells that this one is prepared and waits to be let through.</summary>
    public static void Wait()
    {
        Report.Line("READY");
        if (Console.In.ReadLine() is null)
            Environment.Exit(3);
    }
}

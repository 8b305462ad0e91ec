using System;
using System.Runtime.InteropServices;

namespace TaskLocking.Cli.Processes;

/// <summary>A worker process of the stress protocol. A signal from the terminal is its coordinator's to answer.</summary>
internal static class StressProcess
{
    public const string Verb = "stress-worker";

    public static int Work(string[] order)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        try
        {
            return StressWorker.Run(order, Console.In, Console.Out, Running.Boards.OpenForStress);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Output.StandardError.Line(fault.ToString());
            return 1;
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using TaskLocking.Proof;

namespace TaskLocking;

/// <summary>
/// The body of a worker process of the stress protocol; each face has a hidden way to it. It loads, says READY, waits for the line "go",
/// works until its sequence ends or the line "stop" comes, and records every operation in its log. When its standard input ends before
/// that, whoever started it is gone, and so is the process at once.
/// </summary>
public static class StressWorker
{
    /// <summary>Works to the end.</summary>
    /// <param name="arguments">What <see cref="StressRun"/> gave to the face, as it is.</param>
    /// <param name="input">The standard input of the process.</param>
    /// <param name="output">The standard output of the process.</param>
    /// <returns>The exit code: 0. A fault is an exception; the face tells it on standard error and ends with another code.</returns>
    /// <exception cref="TaskLockingException">InvalidArgument: these are not the arguments of a worker.</exception>
    public static int Run(IReadOnlyList<string> arguments, TextReader input, TextWriter output) => Run(arguments, input, output, null);

    /// <summary>The same where the board may be in a database.</summary>
    /// <param name="arguments">What <see cref="StressRun"/> gave to the face, as it is.</param>
    /// <param name="input">The standard input of the process.</param>
    /// <param name="output">The standard output of the process.</param>
    /// <param name="open">Opens such a board: its address, the folder that its tasks are about, and whether for one
    /// look alone. Null where nobody can.</param>
    /// <returns>The exit code: 0. A fault is an exception.</returns>
    /// <exception cref="TaskLockingException">InvalidArgument: these are not the arguments of a worker.</exception>
    public static int Run(IReadOnlyList<string> arguments, TextReader input, TextWriter output,
        Func<string, string, bool, TaskBoard>? open)
    {
        var order = WorkerOrder.Parse(arguments);
        var line = new WorkerLine(input, output);
        using var work = WorkOf(order, line, open);
        line.WaitAtGate();
        var round = 0;
        while (!line.IsStopped && (order.Rounds == 0 || round < order.Rounds))
        {
            work.Round(round++);
            line.TellNowAndThen();
        }
        work.Finish();
        line.TellEnd();
        return 0;
    }

    private static IStressWork WorkOf(WorkerOrder order, WorkerLine line,
        Func<string, string, bool, TaskBoard>? open) => order.Phase switch
        {
            StressPhase.Define => new DefineWork(order, RecordedBoard.Open(order, line, open)),
            StressPhase.Assign => new AssignPhaseWork(order, RecordedBoard.Open(order, line, open)),
            StressPhase.Mixed => new MixedWork(order, RecordedBoard.Open(order, line, open)),
            _ => new TopicWork(order, line),
        };
}

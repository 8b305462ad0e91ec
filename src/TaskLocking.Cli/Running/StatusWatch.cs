using System;
using System.Collections.Generic;
using System.Threading;
using Spectre.Console;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Running;

/// <summary>
/// Shows who does what until a signal comes: drawn in place on a terminal, elsewhere anew at each change. Woken by changes of the board.
/// </summary>
/// <param name="board">Where to look.</param>
/// <param name="swarm">Null for the whole workspace.</param>
/// <param name="json">Whether it shows a document a line.</param>
/// <param name="failure">Hears what went wrong.</param>
internal sealed class StatusWatch(TaskBoard board, string? swarm, bool json, FailureReport failure)
{
    // Times go on without a change, and what ends without one (a process) is seen.
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <summary>128 and the number of the signal; 13 when nobody is there any more to see it.</summary>
    public int Follow()
    {
        using var signals = new SignalRelay();
        try
        {
            if (!json && SpectreOutput.Terminal() is { } terminal)
                terminal.Live(new Text("")).Start(live => Run(_ => live.UpdateTarget(Drawing()), always: true, signals.BeforeStart));
            else
                Run(Tell, always: false, signals.BeforeStart);
        }
        catch (OperationCanceledException)
        {
            return signals.ExitCode;
        }
        return failure.TellUnheard("The status could not be written, so it is not followed any longer.");
    }

    private Spectre.Console.Rendering.IRenderable Drawing() =>
        StatusDrawing.Of(board.GetWork(swarm), board.GetProgress(swarm), board.GetLastRun(), TimeProvider.System.GetUtcNow());

    private void Run(Action<IReadOnlyList<WorkStatus>> show, bool always, CancellationToken stop)
    {
        string? last = null;
        while (!StandardOutput.IsAbandoned())
        {
            stop.ThrowIfCancellationRequested();
            var version = board.GetVersion();
            var work = board.GetWork(swarm);
            // Without the times, which are others at each look.
            var seen = version + string.Join(',', work);
            if (always || seen != last)
                show(work);
            last = seen;
            board.WaitForChange(version, Glance, stop);
        }
    }

    private void Tell(IReadOnlyList<WorkStatus> work)
    {
        var (progress, lastRun) = (board.GetProgress(swarm), board.GetLastRun());
        if (json)
            StandardOutput.Json(writer => StatusJson.Write(writer, work, progress, lastRun));
        else
            SpectreOutput.Write(new Rows(StatusDrawing.Of(work, progress, lastRun, TimeProvider.System.GetUtcNow()), new Text("")));
    }
}

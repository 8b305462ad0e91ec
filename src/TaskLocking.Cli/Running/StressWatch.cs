using System;
using TaskLocking.Cli.Output;

namespace TaskLocking.Cli.Running;

/// <summary>Shows how far the stress protocol is: a bar a phase on a terminal, a line a phase elsewhere, nothing with JSON.</summary>
internal static class StressWatch
{
    public static StressReport Run(bool json, Func<IProgress<StressProgress>?, StressReport> run, StressOptions options)
    {
        if (json)
            return run(null);
        return SpectreOutput.Terminal() is { } terminal ? StressDrawing.Run(terminal, run, options) : run(new Lines());
    }

    // On the thread of the run: System.Progress would tell later, from others, in any order.
    private sealed class Lines : IProgress<StressProgress>
    {
        public void Report(StressProgress value)
        {
            if (value is { Step: StressStep.Ended, Report: { } report })
                StandardOutput.Line(StressText.Line(report, value.Round));
        }
    }
}

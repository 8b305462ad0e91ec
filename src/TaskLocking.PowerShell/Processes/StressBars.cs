using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace TaskLocking.PowerShell.Processes;

/// <summary>
/// A bar for each phase of the stress protocol. Reported to on the pipeline thread, because only there may a cmdlet write.
/// </summary>
internal sealed class StressBars(TaskLockingCommand cmdlet) : IProgress<StressProgress>
{
    private const int FirstId = 0x7A60;
    private static readonly long Pace = Stopwatch.Frequency / 4;
    private readonly SortedSet<StressPhase> _shown = [];
    private StressStep _step;
    private long _told;

    public void Report(StressProgress value)
    {
        var now = Stopwatch.GetTimestamp();
        if (value.Step == _step && now - _told < Pace)
            return;
        _step = value.Step;
        _told = now;
        _shown.Add(value.Phase);
        cmdlet.WriteProgress(new ProgressRecord(Id(value.Phase), Name(value), State(value)) { PercentComplete = (int)(100 * value.Share) });
    }

    public void Complete()
    {
        foreach (var phase in _shown)
            cmdlet.WriteProgress(new ProgressRecord(Id(phase), phase.ToString(), "Done") { RecordType = ProgressRecordType.Completed });
        _shown.Clear();
    }

    private static int Id(StressPhase phase) => FirstId + (int)phase;

    private static string Name(StressProgress progress) =>
        progress.Round > 1 ? FormattableString.Invariant($"{progress.Phase}, round {progress.Round}") : progress.Phase.ToString();

    private static string State(StressProgress progress) => progress.Step switch
    {
        StressStep.Starting => "Starting",
        StressStep.Checking => string.Format(CultureInfo.InvariantCulture, "Checking {0} operations", progress.Operations),
        StressStep.Ended when progress.Report is not { Ended: true, Violations.Count: 0 } => "FAILED: " + Numbers(progress),
        _ => Numbers(progress),
    };

    private static string Numbers(StressProgress progress) => string.Format(CultureInfo.InvariantCulture,
        progress.Kills > 0 ? "{0} operations, {1:0}/s, {2} conflicts, {3} kills" : "{0} operations, {1:0}/s, {2} conflicts",
        progress.Operations, progress.Rate, progress.Refused, progress.Kills);
}

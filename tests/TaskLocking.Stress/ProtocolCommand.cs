using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace TaskLocking.Stress;

/// <summary>
/// Runs the stress protocol with this program as its workers, so that the planted bugs are in them. Prints a line a phase, a line
/// <c>violation KIND SUBJECT TEXT</c> each, and <c>score</c>. The exit code is 0 or <see cref="StressReport.PromiseBroken"/>.
/// </summary>
internal static class ProtocolCommand
{
    public const string Worker = "protocol-worker";

    public static int Run(string workspace, string[] arguments)
    {
        var sizes = arguments.Where(argument => argument.Contains('=')).Select(argument => argument.Split('='))
            .ToDictionary(parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        int Size(string name, int standard) => sizes.TryGetValue(name, out var size) ? size : standard;
        var options = new StressOptions();
        var phases = arguments.Where(argument => !argument.Contains('='))
            .Select(argument => Enum.Parse<StressPhase>(argument, ignoreCase: true)).ToList();
        var report = StressRun.Run(WorkspacePath.Canonical(workspace), options with
        {
            Phases = phases.Count == 0 ? options.Phases : phases,
            Processes = Size("processes", options.Processes),
            Tasks = Size("tasks", options.Tasks),
            Rounds = Size("rounds", options.Rounds),
            MixedTime = TimeSpan.FromSeconds(Size("seconds", (int)options.MixedTime.TotalSeconds)),
            KillInterval = TimeSpan.FromMilliseconds(Size("interval", (int)options.KillInterval.TotalMilliseconds)),
            TopicIterations = Size("topics", options.TopicIterations),
            TopicProcesses = Size("topic-processes", options.TopicProcesses),
            Seed = sizes.TryGetValue("seed", out var seed) ? seed : null,
            KeepScratch = Size("keep", 0) > 0,
        }, Start);
        foreach (var phase in report.Phases)
            Tell(phase);
        Report.Line("score", report.Reliability.ToString(), report.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
            report.Scratch ?? "");
        return report.Passed ? 0 : StressReport.PromiseBroken;
    }

    private static void Tell(StressPhaseReport phase)
    {
        Report.Line("phase", phase.Phase.ToString(), string.Create(CultureInfo.InvariantCulture,
            $"operations {phase.Operations} answered {phase.Answered} kills {phase.Kills} recoveries {phase.Recoveries} rate " +
                $"{phase.Rate:0} worked {phase.Worked.TotalSeconds:0.0} elapsed {phase.Elapsed.TotalSeconds:0.0} p99 " +
                $"{phase.Latency.P99.TotalMilliseconds:0.0} longest {phase.Latency.Longest.TotalMilliseconds:0.0}"));
        Report.Line("refused", string.Join(' ', phase.Refused.Select(each => each.Code + "=" + each.Count)));
        Report.Line("faults", string.Join(' ', phase.Faults.Select(each => each.Name + "=" + each.Count)));
        foreach (var note in phase.Notes)
            Report.Line("note", note);
        foreach (var violation in phase.Violations)
            Report.Line("violation", violation.Kind.ToString(), violation.Subject, violation.Text);
    }

    private static ProcessStartInfo Start(IReadOnlyList<string> arguments) => new(Environment.ProcessPath!, [Worker, .. arguments]);
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Processes;
using TaskLocking.PowerShell.Sessions;

namespace TaskLocking.PowerShell;

/// <summary>
/// Lets PowerShell processes fight for tasks and topic numbers, kills some of them, damages files, and holds every answer against the
/// others and against the store, in a scratch folder on the workspace's own mount, or in a schema of its own where the workspace is a board
/// in PostgreSQL. A broken promise is an error after the report.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "TaskLocking")]
[OutputType(typeof(StressReport), typeof(bool))]
public sealed class MeasureTaskLockingCommand : WorkspaceCommand
{
    /// <summary>Only these phases; all when left out.</summary>
    [Parameter(Position = 0)]
    [Given]
    public StressPhase[]? Phase { get; set; }

    /// <summary>Processes side by side in Define, Assign and Mixed, 2 to 100.</summary>
    [Parameter]
    public int ProcessCount { get; set; } = 6;

    /// <summary>Tasks that all fight for, 4 to 10,000; fewer make more conflicts.</summary>
    [Parameter]
    public int TaskCount { get; set; } = 16;

    /// <summary>How often each process goes round in Define and Assign, 1 to 100,000.</summary>
    [Parameter]
    public int RoundCount { get; set; } = 100;

    /// <summary>How long the mixed load lasts, 1 s to 24 h.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? MixedTime { get; set; }

    /// <summary>The time between two faults of the mixed load, of which every second one is a kill, 50 ms to 1 h; 0s for none.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? KillInterval { get; set; }

    /// <summary>Topics that each process makes, 1 to 100,000.</summary>
    [Parameter]
    public int TopicCount { get; set; } = 100;

    /// <summary>Processes that make topics, 2 to 100.</summary>
    [Parameter]
    public int TopicProcessCount { get; set; } = 10;

    /// <summary>Makes the same choices again, not the same races.</summary>
    [Parameter]
    public int? Seed { get; set; }

    /// <summary>Repeat the phases with new seeds until this time is over, 1 s to 30 days.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Soak { get; set; }

    /// <summary>Leave the scratch folder in any case.</summary>
    [Parameter]
    public SwitchParameter Keep { get; set; }

    /// <summary>Write true or false only, and no error.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    // A PowerShell costs some forty times the start of the command line: it is killed less often.
    private StressOptions Options => new()
    {
        Phases = Phase ?? StressOptions.AllPhases,
        Processes = ProcessCount,
        Tasks = TaskCount,
        Rounds = RoundCount,
        MixedTime = MixedTime ?? TimeSpan.FromSeconds(25),
        KillInterval = KillInterval ?? TimeSpan.FromSeconds(1),
        TopicIterations = TopicCount,
        TopicProcesses = TopicProcessCount,
        Seed = Seed,
        Soak = Soak,
        KeepScratch = Keep,
    };

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!IsFirstOfWorkspace())
            return;
        var home = SessionState.PSVariable.GetValue("PSHOME") as string;
        var place = FindPlace();
        var bars = new StressBars(this);
        Func<IReadOnlyList<string>, ProcessStartInfo> worker = order => StressWorkerProcess.Start(home, order);
        var report = place.Address is { } address
            ? StressRun.RunIn(DatabaseBoards.MakeScratch(address), Options, worker, bars, StopToken)
            : StressRun.Run(place.Folder, Options, worker, bars, StopToken);
        bars.Complete();
        WriteObject(Quiet ? report.Passed : report);
        if (!report.Passed && !Quiet)
            WriteError(Broken(report));
    }

    private static ErrorRecord Broken(StressReport report)
    {
        var text = string.Format(CultureInfo.InvariantCulture, "Reliability {0} of {1} operations, {2} violation(s).", report.Reliability,
            report.Operations, report.Violations.Count);
        foreach (var first in report.Violations.Take(1))
            text += $" The first, {first.Kind}: {first.Text}\n{first.Print()}";
        return new ErrorRecord(new InvalidOperationException(TerminalText.Lines(text.TrimEnd())), nameof(StressReport.PromiseBroken),
            ErrorCategory.InvalidResult, report)
        {
            CategoryInfo = { Reason = nameof(StressReport.PromiseBroken) },
        };
    }
}

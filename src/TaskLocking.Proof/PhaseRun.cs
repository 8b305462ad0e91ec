using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using TaskLocking.Metrics;

namespace TaskLocking.Proof;

/// <summary>
/// One phase: a workspace of its own, the workers let go at one moment, faults while they work, and when all have ended the check of what
/// they recorded against what is there.
/// </summary>
internal sealed class PhaseRun(StressPhase phase, string folder, IStressGround ground, StressOptions options, int seed, int round,
    Func<IReadOnlyList<string>, ProcessStartInfo> start, IProgress<StressProgress>? progress, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Random _random = new(seed);
    private readonly List<Violation> _violations = [];
    private readonly List<string> _notes = [];
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private readonly Stopwatch _worked = new();

    private int Processes => phase == StressPhase.Topics ? options.TopicProcesses : options.Processes;

    private int Rounds => phase switch
    {
        StressPhase.Topics => options.TopicIterations,
        StressPhase.Mixed => 0,
        _ => options.Rounds,
    };

    /// <exception cref="OperationCanceledException">The run was cancelled; all workers are gone.</exception>
    public StressPhaseReport Run()
    {
        using var crew = new WorkerCrew(start, cancellationToken);
        var faults = new MachineFaults(crew, ground, _random, cancellationToken);
        Prepare();
        Tell(crew, StressStep.Starting, 0);
        var ended = Fine(crew.Gather(Enumerable.Range(0, Processes).Select(Order)));
        if (ended)
        {
            _worked.Start();
            crew.Go();
            Work(crew, faults);
            ended = Fine(crew.Stop());
            _worked.Stop();
        }
        crew.Dispose();
        Tell(crew, StressStep.Checking, 1);
        var report = new StressPhaseReport(phase, Processes, _worked.Elapsed, TimeSpan.Zero)
        {
            Kills = crew.Kills,
            Faults = faults.Made,
            Ended = ended
        };
        report = phase == StressPhase.Topics ? CheckTopics(report) : CheckTasks(report, crew);
        report = report with
        {
            Violations = [.. _violations, .. report.Violations],
            Told = [.. _notes, .. report.Told],
            Elapsed = _elapsed.Elapsed
        };
        progress?.Report(new StressProgress(phase, StressStep.Ended, 1, report.Operations, report.RefusedTotal, report.Kills,
            report.Elapsed)
        { Round = round, Rate = report.Rate, Report = report });
        return report;
    }

    private WorkerOrder Order(int place) =>
        new(phase, folder, ground.Address, FormattableString.Invariant($"w{place}"), place, _random.Next(), options.Tasks, Rounds);

    private void Prepare()
    {
        var logs = Directory.CreateDirectory(WorkerOrder.LogsOf(folder)).FullName;
        if (phase == StressPhase.Topics)
            return;
        ground.Begin();
        if (phase == StressPhase.Define)
            return;
        using var board = new RecordedBoard(ground.Open(), new OperationLog(Path.Combine(logs, "setup.log"), "setup"), null);
        for (var i = 0; i < options.Tasks; i++)
            board.Define(HotTasks.IdOf(i));
    }

    // A worker that fails ends the phase: what follows tells nothing new.
    private void Work(WorkerCrew crew, MachineFaults faults)
    {
        var isTimed = phase == StressPhase.Mixed;
        var nextFault = options.KillInterval;
        if (isTimed && !Locking.LibC.IsUnix)
            _notes.Add("No process was stopped and continued: this system has no signals for it.");
        while (crew.Fault is null && (isTimed ? _worked.Elapsed < options.MixedTime : !crew.HasEnded))
        {
            cancellationToken.WaitHandle.WaitOne(Pace);
            cancellationToken.ThrowIfCancellationRequested();
            if (isTimed && options.KillInterval > TimeSpan.Zero && _worked.Elapsed >= nextFault)
            {
                if (!Fault(faults))
                    return;
                nextFault = _worked.Elapsed + options.KillInterval;
            }
            Tell(crew, StressStep.Working, Share(crew));
        }
    }

    private bool Fault(MachineFaults faults)
    {
        try
        {
            faults.Next();
            return true;
        }
        catch (TaskLockingException refused)
        {
            return Fine("The coordinator could not make a fault: " + refused.Message);
        }
    }

    private double Share(WorkerCrew crew)
    {
        if (phase == StressPhase.Mixed)
            return Math.Min(1, _worked.Elapsed.TotalSeconds / options.MixedTime.TotalSeconds);
        // About: how many operations a round has depends on what comes.
        var perRound = phase switch { StressPhase.Topics => 1, StressPhase.Define => 2, _ => 6.5 };
        return Math.Min(0.99, crew.Operations / (perRound * Rounds * Processes));
    }

    private void Tell(WorkerCrew crew, StressStep step, double share)
    {
        var operations = crew.Operations;
        progress?.Report(new StressProgress(phase, step, share, operations, crew.Refused, crew.Kills, _elapsed.Elapsed)
        {
            Round = round,
            Rate = _worked.Elapsed > TimeSpan.Zero ? operations / _worked.Elapsed.TotalSeconds : 0,
        });
    }

    private bool Fine(string? fault)
    {
        // Ctrl+C reaches the workers too, and they may be faster.
        if (fault is not null && cancellationToken.WaitHandle.WaitOne(Pace))
            throw new OperationCanceledException(cancellationToken);
        if (fault is not null)
            _violations.Add(new Violation(ViolationKind.Unexpected, folder, fault, []));
        return fault is null;
    }

    private StressPhaseReport CheckTopics(StressPhaseReport report)
    {
        var answers = TopicProof.Read(WorkerOrder.LogsOf(folder));
        var times = new DurationHistogram();
        foreach (var answer in answers)
            times.Add(PhaseCheck.Span(answer.Start, answer.End));
        return report with
        {
            Operations = answers.Count,
            Answered = answers.Count,
            Times = times,
            Violations = TopicProof.Check(folder, WorkerOrder.TopicRootOf(folder), answers),
        };
    }

    private StressPhaseReport CheckTasks(StressPhaseReport report, WorkerCrew crew)
    {
        var kills = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var worker in crew.All.Where(worker => worker.KilledAt is not null))
            kills[worker.Order.Name] = worker.KilledAt!.Value;
        return new PhaseCheck(folder, ground, kills).Run(report);
    }
}

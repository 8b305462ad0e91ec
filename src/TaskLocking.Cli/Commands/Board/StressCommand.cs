using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>stress</c>.</summary>
internal sealed class StressCommand : TasklockCommand
{
    public const string Verb = "stress";

    private readonly Option<string[]> _phases = new("--phase")
    {
        Description = "Only this phase: define, assign, mixed or topics; may come several times. Default: all.",
        HelpName = "PHASE",
    };
    private readonly Option<string> _processes =
        new("--processes") { Description = "Processes side by side in the first three phases, 2 to 100. Default: 8.", HelpName = "N" };
    private readonly Option<string> _tasks =
        new("--tasks") { Description = "Tasks that all fight for, 4 to 10000; fewer make more conflicts. Default: 16.", HelpName = "N" };
    private readonly Option<string> _rounds =
        new("--rounds")
        {
            Description = "How often each process goes round in define and assign, 1 to 100000. Default: 100.",
            HelpName = "N"
        };
    private readonly Option<string> _seconds = new("--seconds")
    {
        Description = "How long the mixed load lasts. Default: 25.",
        HelpName = "S"
    };
    private readonly Option<string> _interval =
        new("--kill-interval")
        {
            Description = "Between two faults of the mixed load, every second one a kill; 0 for none. Default: 0.5.",
            HelpName = "S"
        };
    private readonly Option<string> _topics = new("--topics")
    {
        Description = "Topics that each process makes, 1 to 100000. Default: 100.",
        HelpName = "N"
    };
    private readonly Option<string> _topicProcesses =
        new("--topic-processes") { Description = "Processes that make topics, 2 to 100. Default: 10.", HelpName = "N" };
    private readonly Option<string> _seed = new("--seed")
    {
        Description = "Makes the same choices again, not the same races.",
        HelpName = "N"
    };
    private readonly Option<string> _soak =
        new("--soak") { Description = "Repeat the phases with new seeds until this time is over, such as 10m.", HelpName = "TIME" };
    private readonly Option<bool> _keep = new("--keep") { Description = "Leave the scratch folder in any case." };

    public StressCommand()
        : base(Verb, "Lets real processes fight, kills some of them, damages files, and checks every answer, on the workspace's own mount.")
    {
        Add(_phases);
        Add(_processes);
        Add(_tasks);
        Add(_rounds);
        Add(_seconds);
        Add(_interval);
        Add(_topics);
        Add(_topicProcesses);
        Add(_seed);
        Add(_soak);
        Add(_keep);
    }

    public override string Remarks => """
        define: distinct ids all succeed, of equal ones one each. assign: single, batches, next, late finishers. mixed: all of it, with
        random kills, torn journal ends, foreign rewrites, damaged documents and stopped processes. topics: numbers unique, without gaps.
        Takes about a minute. It works in a scratch folder '.tasklocking-stress-...' of the workspace, whose own store is not touched; the
        folder is left only when something failed. On a board in PostgreSQL the boards of the run stand in a schema of its own,
        'tasklocking_stress_...', which its user must be allowed to make; there are no topics then, and connections are cut instead of
        files damaged. Reliability is the share of checked operations that took part in no violation; 100 % only
        without any violation. The first violation ends the run. Exit code 0 only at 100 %, 12 when a promise was broken, 130 on Ctrl+C.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock stress",
        "tasklock stress --workspace postgres://ann@db/boards/team",
        "tasklock stress --phase mixed --seconds 60 --processes 16 --json",
        "tasklock stress --soak 10m",
    ];

    protected override int Execute(CommandRun run)
    {
        var standard = new StressOptions();
        var options = standard with
        {
            Phases = run.Values(_phases)?.Select(Phase).ToList() ?? standard.Phases,
            Processes = WholeNumber.Parse(run.Value(_processes), "--processes 8") ?? standard.Processes,
            Tasks = WholeNumber.Parse(run.Value(_tasks), "--tasks 16") ?? standard.Tasks,
            Rounds = WholeNumber.Parse(run.Value(_rounds), "--rounds 100") ?? standard.Rounds,
            MixedTime = Duration.Parse(run.Value(_seconds), "--seconds 25") ?? standard.MixedTime,
            KillInterval = Duration.Parse(run.Value(_interval), "--kill-interval 0.5") ?? standard.KillInterval,
            TopicIterations = WholeNumber.Parse(run.Value(_topics), "--topics 100") ?? standard.TopicIterations,
            TopicProcesses = WholeNumber.Parse(run.Value(_topicProcesses), "--topic-processes 10") ?? standard.TopicProcesses,
            Seed = WholeNumber.Parse(run.Value(_seed), "--seed 7"),
            Soak = Duration.Parse(run.Value(_soak), "--soak 10m"),
            KeepScratch = run.Value(_keep),
        };
        using var signals = new SignalRelay();
        try
        {
            var report = StressWatch.Run(run.Json, progress => run.Place.Address is { } address
                ? Elsewhere(address, options, progress, signals.BeforeStart)
                : StressRun.Run(run.Workspace, options, OwnProgram.StartWorker, progress, signals.BeforeStart), options);
            if (run.Json)
                StressJson.Write(report);
            else
                StressText.Write(report);
            return report.Passed ? 0 : StressReport.PromiseBroken;
        }
        catch (OperationCanceledException)
        {
            return run.Failure.TellCancelled(signals.ExitCode);
        }
    }

    // Of a run in a folder nothing of a database is loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static StressReport Elsewhere(string address, StressOptions options, IProgress<StressProgress>? progress,
        CancellationToken cancellationToken)
    {
        var scratch = PostgresScratch.Make(address);
        var database = new StressDatabase(address, scratch.AddressOf, Boards.OpenForStress) { Cut = scratch.Cut, Remove = scratch.Remove };
        return StressRun.RunIn(database, options, OwnProgram.StartWorker, progress, cancellationToken);
    }

    private static StressPhase Phase(string word) =>
        StressOptions.AllPhases.Where(phase => string.Equals(phase.ToString(), word, StringComparison.OrdinalIgnoreCase))
            .Select(phase => (StressPhase?)phase).FirstOrDefault()
        ?? throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{word}' is no phase. Give define, assign, mixed or topics, for example --phase mixed.");
}

using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>swarm cancel</c>.</summary>
internal sealed class SwarmCancelCommand : TasklockCommand
{
    public const string Verb = "cancel";

    private readonly Argument<string> _swarm = new("SWARM") { Description = "The swarm." };
    private readonly Option<bool> _force = new("--force") { Description = "Also what somebody works on: his claim is lost." };
    private readonly Option<bool> _whatIf = new("--what-if") { Description = "Only tell what would be cancelled." };
    private readonly Option<string> _by = WriteOptions.By();

    public SwarmCancelCommand()
        : base(Verb, "Cancels what of a swarm is not done, and what waits for it, in one commit.")
    {
        Add(_swarm);
        Add(_force);
        Add(_whatIf);
        Add(_by);
    }

    public override string Remarks => """
        What depends on a cancelled task would wait for ever, so it is cancelled, too, of whatever swarm it is. What is done or in review
        stays as it is. What somebody works on is left alone, and what waits for that alone; --force cancels it, and a worker stops its
        command as soon as it notices. 'tasklock retry' brings a task back.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock swarm cancel nightly --what-if",
        "tasklock swarm cancel nightly --force --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var isDry = run.Value(_whatIf);
        using var board = run.OpenBoard();
        var outcome = board.CancelSwarm(run.Value(_swarm)!, run.Value(_force), run.Commit(run.Value(_by)) with { WhatIf = isDry },
            run.Cancellation);
        return SwarmReport.Write(run, [outcome], done => Sentence(done, isDry));
    }

    private static string Sentence(SwarmOutcome outcome, bool isDry) =>
        $"Swarm {outcome.Swarm}: {Tasks(outcome.Cancelled)} {(isDry ? "would be " : "")}cancelled"
        + (outcome.Cancelled.Count == 0 ? "" : ": " + string.Join(", ", outcome.Cancelled))
        + (outcome.LeftRunning.Count == 0 ? ""
            : $". {Tasks(outcome.LeftRunning)} in progress left alone: {string.Join(", ", outcome.LeftRunning)}");

    private static string Tasks(IReadOnlyList<string> ids) => ids.Count == 1 ? "1 task" : $"{ids.Count} tasks";
}

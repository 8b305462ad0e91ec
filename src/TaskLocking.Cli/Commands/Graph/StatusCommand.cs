using System;
using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>status</c>.</summary>
internal sealed class StatusCommand : TasklockCommand
{
    public const string Verb = "status";

    private readonly Argument<string?> _swarm = new("SWARM")
    {
        Description = "The swarm; none: the whole workspace.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<bool> _watch = new("--watch") { Description = "Follow until Ctrl+C." };

    public StatusCommand()
        : base(Verb, "Shows who does what, since when, whether they live, and what is stuck and why; takes no lock.")
    {
        Add(_swarm);
        Add(_watch);
    }

    public override string Remarks => """
        A row a task: what is worked on (Working, Claimed, Overdue, Gone, Expired), then what somebody has to see to (Review, Stuck,
        Blocked, Failed). For: how long it has been so. Lease: how long the claim holds by its time; one whose process lives on this host
        holds as long as that. Lives: whether the process does; empty where this host cannot tell. Gone and Expired go back to the queue
        with the next request. The last line tells when the last nightly run was, and what it did.
        --watch redraws in place on a terminal, elsewhere it writes anew at each change (with --json a document a line); 130 on Ctrl+C, 13
        if it cannot be written any more.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock status",
        "tasklock status nightly --watch",
        "tasklock status --json | jq -r '.work[] | select(.state == \"stuck\") | .task_id + \" \" + .why'",
    ];

    protected override int Execute(CommandRun run)
    {
        var swarm = run.Value(_swarm);
        var watch = run.Value(_watch);
        using var board = run.OpenBoard(lasts: watch);
        if (watch)
            return new StatusWatch(board, swarm, run.Json, run.Failure).Follow();
        var (work, progress, lastRun) = (board.GetWork(swarm), board.GetProgress(swarm), board.GetLastRun());
        if (run.Json)
            StandardOutput.Json(writer => StatusJson.Write(writer, work, progress, lastRun));
        else
            SpectreOutput.Write(StatusDrawing.Of(work, progress, lastRun, TimeProvider.System.GetUtcNow()));
        return 0;
    }
}

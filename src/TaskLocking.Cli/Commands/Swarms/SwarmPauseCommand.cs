using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>swarm pause</c>.</summary>
internal sealed class SwarmPauseCommand : TasklockCommand
{
    public const string Verb = "pause";

    private readonly Argument<string[]> _swarms = new("SWARM")
    {
        Description = "The swarms; several are one commit.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _reason = new("--reason") { Description = "Why, in a line.", HelpName = "R" };
    private readonly Option<string> _by = WriteOptions.By();

    public SwarmPauseCommand()
        : base(Verb, "Has the tasks of swarms be given out no longer; what is in progress goes on.")
    {
        Add(_swarms);
        Add(_reason);
        Add(_by);
    }

    public override string Remarks => """
        'next', 'work' and 'nightly' pass them over, 'task get --ready' does not list them, 'task test' tells why. What was claimed or
        assigned before can still be started, and what runs runs on. 'swarm resume' lets them go on; workers that wait are woken by it.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock swarm pause nightly --reason \"The build server is down\"",
        "tasklock swarm pause nightly weekly --json",
    ];

    protected override int Execute(CommandRun run)
    {
        using var board = run.OpenBoard();
        return SwarmReport.Write(run,
            board.PauseSwarms(run.Value(_swarms)!, run.Value(_reason), run.Commit(run.Value(_by)), run.Cancellation),
            outcome => $"Swarm {outcome.Swarm} {(outcome.Changed ? "is paused" : "was paused already")}");
    }
}

using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>swarm resume</c>.</summary>
internal sealed class SwarmResumeCommand : TasklockCommand
{
    public const string Verb = "resume";

    private readonly Argument<string[]> _swarms = new("SWARM")
    {
        Description = "The swarms; several are one commit.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _by = WriteOptions.By();

    public SwarmResumeCommand()
        : base(Verb, "Has the tasks of paused swarms be given out again.")
    {
        Add(_swarms);
        Add(_by);
    }

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock swarm resume nightly",
        "tasklock swarm resume nightly weekly --json",
    ];

    protected override int Execute(CommandRun run)
    {
        using var board = run.OpenBoard();
        return SwarmReport.Write(run, board.ResumeSwarms(run.Value(_swarms)!, run.Commit(run.Value(_by)), run.Cancellation),
            outcome => $"Swarm {outcome.Swarm} {(outcome.Changed ? "goes on" : "was not paused")}");
    }
}

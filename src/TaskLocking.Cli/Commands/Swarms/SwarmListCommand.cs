using System.Collections.Generic;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>swarm list</c>.</summary>
internal sealed class SwarmListCommand : TasklockCommand
{
    public const string Verb = "list";

    public SwarmListCommand()
        : base(Verb, "Lists the swarms, whether they are paused, and how many tasks they have; takes no lock.")
    {
    }

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock swarm list",
        "tasklock swarm list --json",
    ];

    protected override int Execute(CommandRun run)
    {
        using var board = run.OpenBoard();
        SwarmReport.Write(run, board.GetSwarms());
        return 0;
    }
}

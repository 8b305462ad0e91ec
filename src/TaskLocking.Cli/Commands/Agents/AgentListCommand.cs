using System.Collections.Generic;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>agent list</c>.</summary>
internal sealed class AgentListCommand : TasklockCommand
{
    public const string Verb = "list";

    public AgentListCommand()
        : base(Verb, "Lists the registered agents by name; takes no lock.")
    {
    }

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock agent list",
        "tasklock agent list --json",
    ];

    protected override int Execute(CommandRun run)
    {
        using var board = run.OpenBoard();
        AgentReport.WriteList(run, board.GetAgents());
        return 0;
    }
}

using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>prime</c>.</summary>
internal sealed class PrimeCommand : TasklockCommand
{
    public const string Verb = "prime";

    private readonly Option<string> _agent = LeaseOptions.Agent("For whom: what this agent has and may take.");

    public PrimeCommand()
        : base(Verb, "Tells an agent in a page how to work here, and what there is to do now; takes no lock.") => Add(_agent);

    public override string Remarks => """
        For the begin of an agent's session, and again after its memory was shortened: at most 1,500 tokens, whatever is on the board.
        'tasklock setup' makes agents read it. Where there is no board yet, it says so and begins none.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock prime",
        "tasklock prime --agent builder-1 --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var agent = LeaseOptions.FindAgent(run, _agent);
        using var board = run.OpenBoard();
        var primer = new Primer
        {
            Workspace = board.Address ?? run.Workspace,
            IsBegun = board.Address is not null || Directory.Exists(Path.Combine(run.Workspace, WorkspacePath.StoreFolder)),
            Agent = agent,
            Progress = board.GetProgress(),
            Ready = board.GetReady(new ReadyQuery { Agent = agent }),
            Own = agent is null ? [] : board.GetTasks(new TaskQuery { Assignee = agent })
                .Where(task => task.Status is AgentTaskStatus.Todo or AgentTaskStatus.InProgress or AgentTaskStatus.Review).ToList(),
        };
        if (run.Json)
            StandardOutput.Json(primer.Write);
        else
            StandardOutput.Text(primer.Text());
        return 0;
    }
}

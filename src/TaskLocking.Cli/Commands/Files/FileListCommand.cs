using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>file list</c>.</summary>
internal sealed class FileListCommand : TasklockCommand
{
    public const string Verb = "list";

    private readonly Option<string> _agent = new("--agent") { Description = "Only what this agent has.", HelpName = "A" };

    public FileListCommand()
        : base(Verb, "Lists the leases on files that hold now, by path; takes no lock.") => Add(_agent);

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock file list",
        "tasklock file list --agent builder-1 --json",
    ];

    protected override int Execute(CommandRun run)
    {
        using var board = run.OpenBoard();
        FileReport.WriteList(run, board.GetFileLeases(run.Value(_agent)));
        return 0;
    }
}

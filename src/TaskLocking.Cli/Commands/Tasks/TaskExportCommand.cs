using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task export</c>.</summary>
internal sealed class TaskExportCommand : TasklockCommand
{
    public const string Verb = "export";

    private readonly Option<string> _swarm = new("--swarm") { Description = "Of this swarm.", HelpName = "S" };
    private readonly Option<string[]> _status = new("--status")
    {
        Description = "todo, in-progress, review, done, blocked, cancelled or failed; may come several times: any of them.",
        HelpName = "S",
    };
    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "With this label; may come several times: all of them.",
        HelpName = "T",
    };

    public TaskExportCommand()
        : base(Verb, "Writes tasks as JSON lines, a whole todo each; takes no lock.")
    {
        Add(_swarm);
        Add(_status);
        Add(_tags);
    }

    public override string Remarks => """
        In the order of the document, with history, notes and all fields that other tools wrote; 'task import' takes them as they are. With
        --json an array instead of lines.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task export > tasks.jsonl",
        "tasklock task export --swarm nightly --status todo | jq -r .id",
    ];

    protected override int Execute(CommandRun run)
    {
        using var board = run.OpenBoard();
        var lines = board.Export(new TaskQuery
        {
            Swarm = run.Value(_swarm),
            Statuses = Words.Statuses(run.Values(_status)),
            Tags = run.Values(_tags) ?? [],
        }).ToList();
        if (run.Json)
            StandardOutput.Text("[" + string.Join(',', lines) + "]\n");
        else
            StandardOutput.Text(string.Concat(lines.Select(line => line + "\n")));
        return 0;
    }
}

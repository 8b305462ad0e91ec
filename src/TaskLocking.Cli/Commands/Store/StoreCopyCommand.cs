using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>store copy</c>.</summary>
internal sealed class StoreCopyCommand : TasklockCommand
{
    public const string Verb = "copy";

    private readonly Argument<string> _from = new("FROM") { Description = "The folder, or the address, of the board." };
    private readonly Argument<string> _to = new("TO") { Description = "The address, or the folder, where there is none yet." };

    public StoreCopyCommand()
        : base(Verb, "Moves a board into PostgreSQL, back, or from one database to another.")
    {
        Add(_from);
        Add(_to);
    }

    public override string Remarks => """
        Tasks, histories, claims with their tokens, agents and leases on files come along; versions go on above. The board that was copied
        is closed: who comes there is refused, and told the new place. Of a folder the journal and the document are kept in '.todo2/aside',
        and '.todo2/redirect' leads agents to the database. A copy that broke off is ended by running it again.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock store copy . postgres://agents@db.example/boards/team",
        "tasklock store copy postgres://agents@db.example/boards/team /srv/project",
    ];

    protected override int Execute(CommandRun run)
    {
        var report = PostgresCopy.Run(Place(run.Value(_from)!), Place(run.Value(_to)!), run.Commit(), run.Cancellation);
        if (run.Json)
            StandardOutput.Json(writer => WorkspaceJson.Write(writer, report));
        else
            StandardOutput.Line($"{report.Tasks} tasks copied at version {report.Version}");
        return 0;
    }

    private static string Place(string named) => WorkspacePath.IsAddress(named) ? named : CurrentFolder.Full(named);
}

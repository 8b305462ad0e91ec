using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>store migrate</c>.</summary>
internal sealed class StoreMigrateCommand : TasklockCommand
{
    public const string Verb = "migrate";

    private readonly Option<bool> _sql = new("--sql") { Description = "Print the statements instead, for who runs them himself." };
    private readonly Option<string> _role = new("--role")
    {
        Description = "A role that is there already and is to use boards: it gets the rights for that, and no others.",
        HelpName = "NAME",
    };

    public StoreMigrateCommand()
        : base(Verb, "Makes the tables of boards in PostgreSQL, or brings them up to date.")
    {
        Add(_sql);
        Add(_role);
    }

    public override string Remarks => """
        Once for a database, by whoever may make a schema in it, and after an update that asks for it. Numbered steps, forward only, in one
        transaction: all or nothing. A schema of a newer version is refused. Boards themselves begin with their first task.
        A password does not belong into the address: it comes from ~/.pgpass, PGPASSFILE or PGPASSWORD.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock store migrate --workspace postgres://owner@db.example/boards/team --role agents",
        "tasklock store migrate --workspace 'postgres://owner@db.example/boards/team?schema=tasks' --sql",
    ];

    protected override int Execute(CommandRun run)
    {
        if (run.Place.Address is not { } address)
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{run.Place.Folder}' is a folder, and needs no tables. Example: {Examples[0]}");
        var role = run.Value(_role);
        if (run.Value(_sql))
        {
            StandardOutput.Text(PostgresSchema.Script(address, role));
            return 0;
        }
        var done = PostgresSchema.Migrate(address, role);
        if (run.Json)
        {
            StandardOutput.Json(writer =>
            {
                writer.WriteStartObject();
                JsonText.Write(writer, "migrated", done);
                writer.WriteEndObject();
            });
            return 0;
        }
        StandardOutput.Line(done.Count == 0 ? "The schema is up to date." : "Migrated: " + string.Join(", ", done));
        return 0;
    }
}

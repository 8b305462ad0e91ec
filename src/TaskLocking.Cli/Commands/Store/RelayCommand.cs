using System;
using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>relay</c>.</summary>
internal sealed class RelayCommand : TasklockCommand
{
    public const string Verb = "relay";

    private readonly Argument<string?> _address = new("ADDRESS")
    {
        Description = "A board that is looked at first, so that a name or a right that is missing is told at once. Others are served, too.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public RelayCommand()
        : base(Verb, "Carries the commits of all your processes on this machine to boards in PostgreSQL: many in one call.") =>
        Add(_address);

    public override string Remarks => """
        One for a user and a machine, for all boards. Every 'tasklock', module and server of the same user whose workspace is postgres://…
        finds it by itself: what waits at the same time goes in one call, what others commit is fetched once for all who follow, and a
        command needs no connection of its own. It is needed for nothing: where it ends, they ask the server, and what was on its way is
        done once. 'tasklock check' says whether one is used; TASKLOCKING_RELAY=off uses none.
        It is met at a socket that only you can reach, in XDG_RUNTIME_DIR or in ~/.local/state/tasklocking, on Windows at a pipe of yours;
        TASKLOCKING_RELAY=/FOLDER is another place for both. Being you is the right to use it: it connects by the address that is named,
        with the password that you have here (~/.pgpass, PGPASSFILE, PGPASSWORD).
        It tells where it listens, and stays. TERM and Ctrl+C end it, once those who wait are answered, within five seconds: exit code 0.
        Exit code 10: one runs already, or the server cannot be used.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock relay",
        "tasklock relay postgres://agent@db.example/boards/team",
        "tasklock relay --json",
    ];

    protected override int Execute(CommandRun run)
    {
        using var signals = new StopSignals();
        using var relay = PostgresRelay.Start(run.Value(_address));
        if (run.Json)
        {
            StandardOutput.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("place", relay.Place);
                writer.WriteNumber("pid", Environment.ProcessId);
                writer.WriteEndObject();
            });
        }
        else
        {
            StandardOutput.Line($"Boards in PostgreSQL are relayed at {relay.Place} (process {Environment.ProcessId}).");
        }
        relay.Run(signals.First);
        return 0;
    }
}

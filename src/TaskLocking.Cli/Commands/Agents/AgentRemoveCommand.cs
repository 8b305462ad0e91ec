using System;
using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>agent remove</c>.</summary>
internal sealed class AgentRemoveCommand : TasklockCommand
{
    public const string Verb = "remove";

    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "The agents; several are one commit.",
        Arity = ArgumentArity.OneOrMore
    };
    private readonly Option<bool> _force = new("--force")
    {
        Description = "Although it has claims: its tasks go back to the queue, its file leases are freed.",
    };
    private readonly Option<string> _type = new("--type") { Description = "Which of two of one name: human, or agent.", HelpName = "TYPE" };
    private readonly Option<string> _by = WriteOptions.By();

    public AgentRemoveCommand()
        : base(Verb, "Takes agents out of the register.")
    {
        Add(_names);
        Add(_force);
        Add(_type);
        Add(_by);
    }

    public override string Remarks =>
        "Refused with exit code 6 while an agent has claims, unless --force. With --json prints the agents as they were.";

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock agent remove builder-1",
        "tasklock agent remove builder-1 builder-2 --force --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var removals = Array.ConvertAll(run.Value(_names)!, name => new AgentRemoval(name, run.Value(_force)) { Type = run.Value(_type) });
        using var board = run.OpenBoard();
        return AgentReport.Write(run, board.UnregisterAgents(removals, run.Commit(run.Value(_by)), run.Cancellation), removals.Length == 1,
            "removed");
    }
}

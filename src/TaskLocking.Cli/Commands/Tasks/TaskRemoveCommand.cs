using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task remove</c>.</summary>
internal sealed class TaskRemoveCommand : TasklockCommand
{
    public const string Verb = "remove";

    private readonly Argument<string[]> _ids = new("ID")
    {
        Description = "The tasks; several are one commit.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> _force = new("--force") { Description = "Remove although others depend on it, or somebody works on it." };
    private readonly Option<string> _ifVersion = WriteOptions.IfVersion();
    private readonly Option<string> _by = WriteOptions.By();
    private readonly ProofOptions _proof = new();

    public TaskRemoveCommand()
        : base(Verb, "Removes tasks.")
    {
        Add(_ids);
        Add(_force);
        Add(_ifVersion);
        Add(_by);
        _proof.AddTo(this);
    }

    public override string Remarks =>
        """
        Refused unless --force: with exit code 6 while others depend on one; with 7 while somebody works on one, who is named, unless it is
        who asks (--token, --by, or the process of the claim). With --json prints the todos as they were last.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task remove T-1",
        "tasklock task remove T-1 T-2 --force --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var ids = run.Value(_ids)!;
        var version = Words.Version(run.Value(_ifVersion));
        var proof = _proof.Read(run, run.Value(_by), run.Value(_force));
        var removals = ids.Select(id => new TaskRemoval(id, run.Value(_force), version) { Proof = proof }).ToList();
        using var board = run.OpenBoard();
        return OutcomeReport.Write(run, board.Remove(removals, run.Commit(run.Value(_by)), run.Cancellation), ids.Length == 1,
            outcome => $"Task {outcome.Id} removed");
    }
}

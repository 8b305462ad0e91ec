using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task restore</c>.</summary>
internal sealed class TaskRestoreCommand : TasklockCommand
{
    public const string Verb = "restore";

    private readonly Argument<string[]> _ids = new("ID")
    {
        Description = "The archived tasks; several are one commit.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _by = WriteOptions.By();

    public TaskRestoreCommand()
        : base(Verb, "Brings tasks back from the archive into the document, as they were.")
    {
        Add(_ids);
        Add(_by);
    }

    public override string Remarks => """
        A task that was never archived, or is back already, is no change. It comes back in the status that it had; 'tasklock retry' opens a
        cancelled one again. The next archiving takes it away again if it was closed long enough ago.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task restore T-1",
        "tasklock task restore T-1 T-2 --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var ids = run.Value(_ids)!;
        using var board = run.OpenBoard();
        return OutcomeReport.Write(run, board.RestoreTasks(ids, run.Commit(run.Value(_by)), run.Cancellation), ids.Length == 1,
            outcome => $"Task {outcome.Id} {(outcome.Changed ? "brought back" : "was not in the archive")}, with status "
                + outcome.Task!.StatusText);
    }
}

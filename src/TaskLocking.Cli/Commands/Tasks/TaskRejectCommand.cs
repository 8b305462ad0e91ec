using System;
using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task reject</c>.</summary>
internal sealed class TaskRejectCommand : TasklockCommand
{
    public const string Verb = "reject";

    private readonly Argument<string[]> _ids = new("ID")
    {
        Description = "The tasks; several are one commit.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _reason = new("--reason") { Description = "Why, in a line.", HelpName = "R", Required = true };
    private readonly Option<string> _agent = LeaseOptions.Agent("Who does this, for the history; by default user@host.");
    private readonly Option<string> _ifVersion = WriteOptions.IfVersion();

    public TaskRejectCommand()
        : base(Verb, "Sends tasks in Review back to Todo, with the reason why their work is not good enough.")
    {
        Add(_ids);
        Add(_reason);
        Add(_agent);
        Add(_ifVersion);
        Add(WriteOptions.RequestId);
    }

    public override string Remarks => """
        From Review alone; from elsewhere it is refused with exit code 6. The reason stands where that of a failure does, until the task is
        done. The task is nobody's again, unless it was given to a person; its attempts stay counted, and it comes to Done by a review
        alone. 'tasklock complete --type human' approves it instead, 'tasklock retry --force' begins again as if nobody had tried.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task reject T-1 --reason \"No test for the empty list\" --agent eva",
        "tasklock task reject T-1 T-2 --reason \"Rebase first\" --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var (reason, version) = (run.Value(_reason)!, Words.Version(run.Value(_ifVersion)));
        var requests = Array.ConvertAll(run.Value(_ids)!, id => new RejectRequest(id, reason) { IfVersion = version });
        using var board = run.OpenBoard();
        return OutcomeReport.Write(run, board.Reject(requests, run.Commit(LeaseOptions.FindAgent(run, _agent)), run.Cancellation),
            requests.Length == 1, outcome => $"Task {outcome.Id} rejected: it is in Todo again");
    }
}

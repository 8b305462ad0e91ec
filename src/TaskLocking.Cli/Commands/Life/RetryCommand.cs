using System;
using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>retry</c>.</summary>
internal sealed class RetryCommand : TasklockCommand
{
    public const string Verb = "retry";

    private readonly Argument<string[]> _ids = new("ID")
    {
        Description = "The tasks; several are one commit.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _agent = LeaseOptions.Agent("Who does this, for the history; by default user@host.");
    private readonly Option<bool> _force =
        new("--force") { Description = "Take it from whoever works on it, or open a task again that is done." };
    private readonly Option<string> _ifVersion = WriteOptions.IfVersion();

    public RetryCommand()
        : base(Verb, "Puts tasks back into the queue by hand: their failure, attempts and strikes are forgotten.")
    {
        Add(_ids);
        Add(_agent);
        Add(_force);
        Add(_ifVersion);
        Add(WriteOptions.RequestId);
    }

    public override string Remarks => """
        From Failed, Cancelled, and Blocked by hand; with --force also from Review, Done and In Progress. What a failure blocked waits
        again. A task that is blocked by the failure of another is refused with exit code 6 and names the one to retry.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock retry T-1",
        "tasklock retry T-1 T-2 --force --json",
        "tasklock task get --status failed --json | jq -r '.[].id' | xargs tasklock retry",
    ];

    protected override int Execute(CommandRun run)
    {
        var version = Words.Version(run.Value(_ifVersion));
        var requests = Array.ConvertAll(run.Value(_ids)!, id => new RestartRequest(id) { Force = run.Value(_force), IfVersion = version });
        using var board = run.OpenBoard();
        return OutcomeReport.Write(run, board.Restart(requests, run.Commit(LeaseOptions.FindAgent(run, _agent)), run.Cancellation),
            requests.Length == 1,
            outcome => $"Task {outcome.Id} {(outcome.Changed ? "is in the queue again" : "is in the queue already")}");
    }
}

using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Leases;

namespace TaskLocking.Cli.Commands;

/// <summary><c>complete</c>.</summary>
internal sealed class CompleteCommand : TasklockCommand
{
    public const string Verb = "complete";

    private readonly ClaimOptions _claim = new(LeaseOptions.Worker());
    private readonly Option<bool> _forReview =
        new("--for-review") { Description = "A person shall look at it first, although the task does not ask for that." };

    public CompleteCommand()
        : base(Verb, "Ends work on tasks: Done, or Review where a person has to approve.")
    {
        _claim.AddTo(this);
        Add(_forReview);
    }

    public override string Remarks => """
        Frees the claim and its files. A person approves a task in Review by completing it with --type human: one whom the board knows as a
        person ('tasklock agent add anna --type human'), and not under the name of who did the work.
        Exit code 8: the claim was lost, the sentence tells who has the task now; 7: somebody else's, or another process's that works under
        the same name (give --token, or --force); 6: it was not started.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock complete T-1 --agent builder-1",
        "tasklock complete T-1 --agent builder-1 --token 12 --for-review --json",
        "tasklock complete T-1 --agent anna --type human",
    ];

    protected override int Execute(CommandRun run)
    {
        var forReview = run.Value(_forReview);
        var requests = _claim.Requests(run, Examples[0], claim => new CompleteRequest(claim.Id, claim.Agent)
        {
            Type = claim.Type ?? "agent",
            Token = claim.Token,
            Callers = claim.Callers,
            Force = claim.Force,
            ForReview = forReview,
        });
        return _claim.Answer(run, (board, commit) => board.Complete(requests, commit, run.Cancellation), LifeText.Completed);
    }
}

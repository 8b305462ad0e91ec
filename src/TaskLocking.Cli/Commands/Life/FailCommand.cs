using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Model;

namespace TaskLocking.Cli.Commands;

/// <summary><c>fail</c>.</summary>
internal sealed class FailCommand : TasklockCommand
{
    public const string Verb = "fail";

    private readonly ClaimOptions _claim = new(LeaseOptions.Worker());
    private readonly Option<string> _reason = new("--reason") { Description = "Why, in a line.", HelpName = "R", Required = true };
    private readonly Option<bool> _final = new("--final") { Description = "No further attempt, although the task has some left." };

    public FailCommand()
        : base(Verb, "Reports that work on tasks failed: another attempt later, or Failed for good.")
    {
        _claim.AddTo(this);
        Add(_reason);
        Add(_final);
    }

    public override string Remarks => """
        Frees the claim and its files. A task with attempts left goes back to Todo and waits longer each time (--max-attempt and
        --retry-delay of 'task new'). One that failed for good blocks all that depends on it and has not started; 'tasklock retry' brings
        them back.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock fail T-1 --agent builder-1 --reason \"Tests fail\"",
        "tasklock fail T-1 --agent builder-1 --token 12 --reason \"No such branch\" --final --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var (reason, final) = (run.Value(_reason)!, run.Value(_final));
        var requests = _claim.Requests(run, Examples[0], claim => new FailRequest(claim.Id, claim.Agent, reason)
        {
            Token = claim.Token,
            Type = claim.Type,
            Callers = claim.Callers,
            Force = claim.Force,
            IsFinal = final,
        });
        return _claim.Answer(run, (board, commit) => board.Fail(requests, commit, run.Cancellation), LifeText.Failed);
    }
}

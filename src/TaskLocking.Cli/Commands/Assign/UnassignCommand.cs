using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>unassign</c>.</summary>
internal sealed class UnassignCommand : TasklockCommand
{
    public const string Verb = "unassign";

    private readonly AssignmentOptions _assignment = new();
    private readonly Option<string> _from = new("--from")
    {
        Description = "Who has the tasks: a name, or TYPE:NAME. Needed without --force.",
        HelpName = "NAME",
    };

    private readonly ProofOptions _proof = new();

    public UnassignCommand()
        : base(Verb, "Takes tasks back from the owner that is named.")
    {
        Add(_from);
        _assignment.AddTo(this);
        _proof.AddTo(this);
    }

    public override string Remarks =>
        """
        A task of another owner is refused with exit code 7, unless --force; a task that nobody has is no change. Several tasks are all or
        none. So is one that a living process works on, which is named: that process, what it started, and who gives the token of the claim
        end it.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock unassign T-1 --from builder-1",
        "tasklock unassign T-1 T-2 --from human:anna --skip-conflict --json",
        "tasklock unassign T-1 --force",
    ];

    protected override int Execute(CommandRun run)
    {
        var ids = _assignment.Ids(run, Examples[0]);
        if (run.Value(_from) is null && !_assignment.Force(run))
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"Say who has the tasks, or --force. Example: {Examples[0]}");
        var request = new UnassignmentRequest(ids)
        {
            From = run.Value(_from),
            SkipConflict = _assignment.SkipConflict(run),
            Force = _assignment.Force(run),
            Proof = _proof.Read(run, run.Value(_from), _assignment.Force(run)),
            IfVersion = _assignment.IfVersion(run),
        };
        return _assignment.Answer(run, ids, "unassigned", (board, commit) => board.Unassign(request, commit, run.Cancellation));
    }
}

using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>assign</c>.</summary>
internal sealed class AssignCommand : TasklockCommand
{
    public const string Verb = "assign";

    private readonly AssignmentOptions _assignment = new();
    private readonly Option<string> _to =
        new("--to") { Description = "Who shall have the tasks: a name, or TYPE:NAME.", HelpName = "NAME", Required = true };
    private readonly Option<string> _type = new("--type")
    {
        Description = "agent, human or host. Else what the name tells or is registered as, else agent.",
        HelpName = "TYPE",
    };
    private readonly Option<string> _hostname = new("--hostname")
    {
        Description = "The machine that the assignee works on.",
        HelpName = "H",
    };

    public AssignCommand()
        : base(Verb, "Assigns tasks: check and write in one step.")
    {
        Add(_to);
        Add(_type);
        Add(_hostname);
        _assignment.AddTo(this);
    }

    public override string Remarks => """
        A task that somebody else has is refused with exit code 3, unless --force; the same assignee again is no change.
        Several tasks are all or none; with --skip-conflict the free ones are assigned and the exit code is 0 if there was one.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock assign T-1 --to builder-1",
        "tasklock assign T-1 T-2 T-3 --to anna --type human --skip-conflict --json",
        "tasklock task get --unassigned --json | jq -r '.[].id' | tasklock assign --ids-from - --to builder-1 --hostname build-07",
    ];

    protected override int Execute(CommandRun run)
    {
        var ids = _assignment.Ids(run, Examples[0]);
        var request = new AssignmentRequest(ids, run.Value(_type), run.Value(_to)!)
        {
            Hostname = run.Value(_hostname),
            SkipConflict = _assignment.SkipConflict(run),
            Force = _assignment.Force(run),
            IfVersion = _assignment.IfVersion(run),
        };
        return _assignment.Answer(run, ids, "assigned", (board, commit) => board.Assign(request, commit, run.Cancellation));
    }
}

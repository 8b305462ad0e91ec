using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Leases;

namespace TaskLocking.Cli.Commands;

/// <summary><c>next</c>.</summary>
internal sealed class NextCommand : TasklockCommand
{
    public const string Verb = "next";

    private readonly Option<string> _agent = LeaseOptions.Agent();
    private readonly Option<string> _pid = LeaseOptions.Pid();
    private readonly Option<string> _type = LeaseOptions.Type();
    private readonly Option<string> _ttl = LeaseOptions.Ttl("4h");
    private readonly Option<string[]> _capabilities = LeaseOptions.Capabilities();
    private readonly Option<string> _swarm = new("--swarm") { Description = "Only tasks of this swarm.", HelpName = "S" };
    private readonly Option<string[]> _tags = new("--tag")
    {
        Description = "Only tasks with this label; may come several times: all of them.",
        HelpName = "T",
    };
    private readonly Option<string> _onOverlap = LeaseOptions.OnOverlap();

    public NextCommand()
        : base(Verb, "Finds the best ready task that the agent may do and claims it, in one step.")
    {
        Add(_agent);
        Add(_pid);
        Add(_type);
        Add(_ttl);
        Add(_capabilities);
        Add(_swarm);
        Add(_tags);
        Add(_onOverlap);
    }

    public override string Remarks => """
        By priority, then age. The claim is a lease: it ends with the process that --pid names, else when its time is over; 'renew' prolongs it.
        Its token (taskLocking.claim.token in JSON) goes with every later verb: a claim that was lost is then refused, whoever has the task now.
        The files of the task are taken with it. Nothing free is exit code 0 and 'null' in JSON; standard error says why (with --json:
        if --verbose), and how many tasks wait for what will not come (with --json: as a warning object).
        Where the answer cannot be written (a full disk, a closed or broken pipe, one that nobody reads for 5 s, or for --timeout if that is
        longer) the claim is given back, and the exit code is 13.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock next --agent builder-1",
        "tasklock next --agent builder-1 --pid $$ --ttl 30m --json | jq -r '.id, .taskLocking.claim.token'",
        "tasklock next --agent builder-1 --swarm nightly --tag backend --capability dotnet --on-overlap warn",
    ];

    protected override int Execute(CommandRun run)
    {
        var agent = LeaseOptions.NeedAgent(run, _agent, Examples[0]);
        var request = new TaskRequest(WorkingProcess.Of(agent, run.Value(_pid), run.Value(_type)))
        {
            Ttl = LeaseOptions.ReadTtl(run, _ttl, TaskRequest.DefaultTtl),
            Capabilities = run.Values(_capabilities) ?? [],
            Swarm = run.Value(_swarm),
            Tags = run.Values(_tags) ?? [],
            OnOverlap = LeaseOptions.ReadOverlap(run, _onOverlap),
        };
        using var board = run.OpenBoard();
        var answer = board.Request(request, run.Commit(agent), run.Cancellation);
        UnheardClaims.Expect(run);
        ClaimReport.Write(run, answer);
        return UnheardClaims.GiveBack(run, board, answer.Task is { } task ? [task] : []) ?? 0;
    }
}

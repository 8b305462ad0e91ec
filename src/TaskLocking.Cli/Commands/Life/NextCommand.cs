using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>next</c>.</summary>
internal sealed class NextCommand : TasklockCommand
{
    public const string Verb = "next";

    private readonly Option<string> _agent = LeaseOptions.Agent();
    private readonly Option<string> _pid = LeaseOptions.Pid();
    private readonly Option<string> _type = LeaseOptions.Type();
    private readonly NextOptions _next = new("Begin the work in the same commit.");
    private readonly Option<string> _count = new("--count")
    {
        Description = "At most so many tasks in one commit, 1 to 1000; the answer in JSON is then an array. Default: one task.",
        HelpName = "N",
    };

    public NextCommand()
        : base(Verb, "Finds the best ready task that the agent may do and claims it, in one step; with --start it begins, too.")
    {
        Add(_agent);
        Add(_pid);
        Add(_type);
        _next.AddTo(this);
        Add(_count);
        Add(WriteOptions.RequestId);
    }

    public override string Remarks => """
        By priority, then age. The claim is a lease: it ends with the process that --pid names, else when its time is over; 'renew' prolongs
        it. Its token (taskLocking.claim.token in JSON) goes with every later verb: a claim that was lost is then refused, whoever has the
        task now. The files of the task are taken with it. With --start it is in progress at once, which saves 'start' and its commit;
        --count takes several, as so many requests one after the other would, fewer where fewer are free. Nothing free is exit code 0 and
        'null' in JSON ('[]' with --count); standard error says why (with --json: if --verbose), and how many tasks wait for what will not
        come (with --json: as a warning, WaitsInVain). With --wait and --until-empty it waits for changes of the board until there is a
        task, and says so on standard error (with --json: if --verbose); a signal ends the wait with 128 and its number, and nothing is
        claimed.
        Where the answer cannot be written (a full disk, a closed or broken pipe, one that nobody reads for 5 s, or for --timeout if that is
        longer; or until a signal asks the command to end) the claim is given back, and the exit code is 13.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock next --agent builder-1",
        "tasklock next --agent builder-1 --pid $$ --ttl 30m --json | jq -r '.id, .taskLocking.claim.token'",
        "tasklock next --agent builder-1 --swarm nightly --tag backend --capability dotnet --on-overlap warn",
        "tasklock next --agent builder-1 --pid $$ --start --count 3 --json | jq -r '.[].id'",
        "while task=$(tasklock next --agent builder-1 --pid $$ --start --until-empty --json) && [ \"$task\" != null ]; do ...; done",
    ];

    protected override int Execute(CommandRun run)
    {
        var agent = LeaseOptions.NeedAgent(run, _agent, Examples[0]);
        var count = WholeNumber.Parse(run.Value(_count), "--count 3");
        var request = _next.Read(run, WorkingProcess.Of(agent, run.Value(_pid), run.Value(_type))) with { Count = count ?? 1 };
        using var board = run.OpenBoard();
        TaskRequestAnswer answer;
        if (_next.ReadWait(run) is { } wait)
        {
            using var signals = new SignalRelay();
            try
            {
                answer = board.RequestWhenFree(request, wait, run.Commit(agent), signals.BeforeStart);
            }
            catch (OperationCanceledException)
            {
                return run.Failure.TellCancelled(signals.ExitCode);
            }
        }
        else
        {
            answer = board.Request(request, run.Commit(agent), run.Cancellation);
        }
        UnheardClaims.Expect(run);
        ClaimReport.Write(run, answer, isList: count is not null);
        return UnheardClaims.GiveBack(run, board, answer.Claimed.Select(outcome => outcome.Task!).ToList()) ?? 0;
    }
}

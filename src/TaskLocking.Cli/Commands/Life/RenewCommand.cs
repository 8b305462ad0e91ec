using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>renew</c>.</summary>
internal sealed class RenewCommand : TasklockCommand
{
    public const string Verb = "renew";

    private readonly ClaimOptions _claim = new(LeaseOptions.Pid(), takesClaim: true);
    private readonly Option<string> _ttl = LeaseOptions.Ttl("as long as the claim was given for");

    public RenewCommand()
        : base(Verb, "Prolongs claims, and the leases on their files, from now on.")
    {
        _claim.AddTo(this);
        Add(_ttl);
    }

    public override string Remarks =>
        "The claim names the process of --pid from now on; without one it names no longer a process that is gone.\n" +
        "A claim whose time is over but that nobody took away is renewed too; one that was lost is exit code 8 and tells who has the " +
            "task now.";

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock renew T-1 --agent builder-1",
        "tasklock renew T-1 --agent builder-1 --token 12 --ttl 2h --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var ttl = Duration.Parse(run.Value(_ttl), "--ttl 4h");
        var requests = _claim.Requests(run, Examples[0], claim => new RenewRequest(claim.Id, claim.Agent)
        {
            Token = claim.Token,
            Type = claim.Type,
            Host = claim.Holder.Host,
            Pid = claim.Holder.Pid,
            ProcessStart = claim.Holder.ProcessStart,
            Callers = claim.Callers,
            Force = claim.Force,
            Ttl = ttl,
        });
        return _claim.Answer(run, (board, commit) => board.Renew(requests, commit, run.Cancellation), LifeText.Renewed);
    }
}

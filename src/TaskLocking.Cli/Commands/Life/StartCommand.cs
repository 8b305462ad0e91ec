using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;

namespace TaskLocking.Cli.Commands;

/// <summary><c>start</c>.</summary>
internal sealed class StartCommand : TasklockCommand
{
    public const string Verb = "start";

    private readonly ClaimOptions _claim = new(LeaseOptions.Pid(), takesClaim: true);
    private readonly Option<string> _ttl = LeaseOptions.Ttl("4h");
    private readonly Option<string[]> _capabilities = LeaseOptions.Capabilities();
    private readonly Option<string> _onOverlap = LeaseOptions.OnOverlap();

    public StartCommand()
        : base(Verb, "Begins work on tasks that the agent claimed with 'next', or that are assigned to it.")
    {
        _claim.AddTo(this);
        Add(_ttl);
        Add(_capabilities);
        Add(_onOverlap);
    }

    public override string Remarks => LifeText.Help + """
        A task that is assigned and not claimed is claimed by this; --pid, --ttl and --on-overlap are for that claim. Where the answer
        cannot be written, such a claim is given back, as if it had not been started, and the exit code is 13.
        Exit code 6: the status, a dependency or the time does not allow it ('tasklock task test' tells all reasons); 7: not the agent's, or
        not permitted; 8: the claim was lost; 3: somebody else has a file of the task.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock start T-1 --agent builder-1",
        "tasklock start T-1 --agent builder-1 --token 12 --json",
        "tasklock start T-1 T-2 --agent builder-1 --pid $$ --ttl 1h",
    ];

    protected override int Execute(CommandRun run)
    {
        var (ttl, overlap, capabilities) = (LeaseOptions.ReadTtl(run, _ttl, TaskRequest.DefaultTtl),
            LeaseOptions.ReadOverlap(run, _onOverlap), run.Values(_capabilities) ?? []);
        var requests = _claim.Requests(run, Examples[0], claim => new StartRequest(claim.Id, claim.Holder)
        {
            Token = claim.Token,
            Force = claim.Force,
            Capabilities = capabilities,
            Ttl = ttl,
            OnOverlap = overlap,
        });
        return _claim.Answer(run, (board, commit) => board.Start(requests, commit, run.Cancellation), LifeText.Started);
    }
}

using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>nightly</c>.</summary>
internal sealed class NightlyCommand : TasklockCommand
{
    public const string Verb = "nightly";

    private readonly Option<string> _maxPerAgent =
        new("--max-per-agent") { Description = "At most so many open tasks an agent, 1 to 1000. Default: 5.", HelpName = "N" };
    private readonly Option<string> _maxParallel = new("--max-parallel")
    {
        Description = "At most so many open assigned tasks of these agents together, 1 to 10000. Default: 10.",
        HelpName = "N",
    };
    private readonly Option<string> _swarm = new("--swarm") { Description = "Only tasks of this swarm.", HelpName = "S" };
    private readonly Option<string[]> _agents = new("--agent")
    {
        Description = "A registered agent that may get tasks; may come several times. Default: every one that is no person.",
        HelpName = "A",
    };
    private readonly Option<string> _archiveAfter = new("--archive-after")
    {
        Description = "Then move tasks to the archive that were closed so long ago, or longer: 30d. Default: none.",
        HelpName = "T",
    };
    private readonly Option<bool> _whatIf = new("--what-if") { Description = "Tell what would be done, and change nothing." };
    private readonly Option<string> _by = WriteOptions.By();

    public NightlyCommand()
        : base(Verb, "Sets right what was left behind, then gives ready tasks to the agents with the fewest open ones.")
    {
        Add(_maxPerAgent);
        Add(_maxParallel);
        Add(_swarm);
        Add(_agents);
        Add(_archiveAfter);
        Add(_whatIf);
        Add(_by);
    }

    public override string Remarks => """
        First claims and file leases that ran out or whose process died, tasks over their time limit and due retries; then ready tasks that
        can be done in the background: neither tagged 'interactive' nor in Review. What cannot be given away is skipped, with the reason,
        and the run goes on. Two runs at once do no harm. For cron:  15 2 * * *  tasklock nightly --workspace /srv/project --json
        >>/var/log/tasklock.jsonl
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock nightly",
        "tasklock nightly --what-if",
        "tasklock nightly --archive-after 30d",
        "tasklock nightly --agent builder-1 --agent builder-2 --max-per-agent 3 --max-parallel 6 --swarm nightly --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var standard = new AssignmentRunRequest();
        var request = standard with
        {
            MaxPerAgent = WholeNumber.Parse(run.Value(_maxPerAgent), "--max-per-agent 5") ?? standard.MaxPerAgent,
            MaxParallel = WholeNumber.Parse(run.Value(_maxParallel), "--max-parallel 10") ?? standard.MaxParallel,
            Swarm = run.Value(_swarm),
            Agents = run.Values(_agents) ?? [],
            ArchiveAfter = Duration.Parse(run.Value(_archiveAfter), "--archive-after 30d"),
            WhatIf = run.Value(_whatIf),
        };
        using var board = run.OpenBoard();
        var done = board.RunAssignment(request, run.Commit(run.Value(_by)), run.Cancellation);
        if (run.Json)
            StandardOutput.Json(writer => AssignmentRunJson.Write(writer, done));
        else
            AssignmentRunReport.WriteText(done);
        return 0;
    }
}

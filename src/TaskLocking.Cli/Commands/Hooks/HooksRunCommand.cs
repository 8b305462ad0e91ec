using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Threading;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>hooks run</c>.</summary>
internal sealed class HooksRunCommand : TasklockCommand
{
    public const string Verb = "run";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Option<bool> _follow = new("--follow") { Description = "Go on with what comes, until Ctrl+C." };
    private readonly Option<string> _limit = new("--time-limit")
    {
        Description = "How long one script may take before it is ended, 1s to 1d: 90, 90s, 30m. Default: 1m.",
        HelpName = "T",
    };

    public HooksRunCommand()
        : base(Verb, "Runs the trusted scripts of the workspace for what has happened since they ran last.")
    {
        Add(_follow);
        Add(_limit);
    }

    public override string Remarks => """
        '.todo2/hooks' has a script for each event, all of them optional: 'failed' (a task has failed for good), 'review' (work waits for a
        person), 'stuck' (a task will not be done as things stand), 'swarm-done' (all of a swarm is done or cancelled). One that is not
        trusted (tasklock hooks trust) is not run, and that is told. A script runs in the folder of the workspace, one after the other. Its
        environment has TASKLOCKING_EVENT, TASKLOCKING_TASK, TASKLOCKING_SWARM, TASKLOCKING_VERSION, TASKLOCKING_WORKSPACE and
        TASKLOCKING_HOOK (where it stands; what runs is a copy), and its standard input the event as JSON, with the task as it is now.
        What it writes goes to standard error. One that fails, or takes too long, is told and changes nothing: what was committed stands.
        Up to where the scripts ran is kept for each user and workspace, so nothing is told twice and nothing is left out over restarts; the
        first run begins with what comes from then on. One that was killed with its script runs that once more, with TASKLOCKING_AGAIN=1.
        Exit code 6 if a script failed; with --follow 128 and the number of the signal that ended it.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock hooks run",
        "tasklock hooks run --follow --time-limit 30s",
    ];

    protected override int Execute(CommandRun run)
    {
        var limit = Duration.Parse(run.Value(_limit), "--time-limit 30s") ?? HookCrew.DefaultLimit;
        if (limit < TimeSpan.FromSeconds(1) || limit > Longest)
        {
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"A script cannot have {limit}. Give 1s to 1d, for example --time-limit 30s.");
        }
        using var board = run.OpenBoard(lasts: true);
        return new HookCrew(run, board, limit).Run(run.Value(_follow) ? run.Timeout ?? Timeout.InfiniteTimeSpan : null);
    }
}

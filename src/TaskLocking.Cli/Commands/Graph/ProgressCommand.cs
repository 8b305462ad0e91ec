using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>progress</c>.</summary>
internal sealed class ProgressCommand : TasklockCommand
{
    public const string Verb = "progress";

    private readonly Argument<string?> _swarm = new("SWARM")
    {
        Description = "The swarm; none: the whole workspace.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string> _parent = new("--parent")
    {
        Description = "Instead of a swarm all that is below this task, at any depth; the task itself is not counted.",
        HelpName = "ID",
    };
    private readonly Option<string> _watch = new("--watch")
    {
        Description = "Follow until nothing is left to do, or Ctrl+C; looks every so many seconds, 0.1 or more. Default: 1.",
        HelpName = "SECONDS",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public ProgressCommand()
        : base(Verb, "Shows how far a swarm is; takes no lock.")
    {
        Add(_swarm);
        Add(_parent);
        Add(_watch);
    }

    public override string Remarks => """
        Percent is done of all that is not cancelled; in progress counts Review too, pending counts Blocked.
        Stuck is what no agent will ever do as things stand, with the reasons: 'tasklock graph check --help' tells them.
        --watch redraws in place on a terminal; elsewhere it writes a line a change (with --json a document a line). It ends when no task is
        in Todo, In Progress or Review: with exit code 0 if all are done, with 6 if some failed or are blocked, with 130 on Ctrl+C,
        with 13 if it cannot be written any more.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock progress nightly",
        "tasklock progress nightly --watch",
        "tasklock progress --parent T-1",
        "tasklock progress --watch 5 --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var watch = run.Given(_watch) ? Period(run.Value(_watch)) : (TimeSpan?)null;
        var (swarm, parent) = (run.Value(_swarm), run.Value(_parent));
        if (swarm is not null && parent is not null)
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"Give a swarm or a parent, not both. Example: {Examples[2]}");
        using var board = run.OpenBoard();
        if (watch is { } period)
            return new ProgressWatch(run.Json, run.Failure, Look, period).Follow();
        var progress = Look();
        if (run.Json)
            StandardOutput.Json(writer => ProgressJson.Write(writer, progress));
        else
            SpectreOutput.Write(ProgressDrawing.Of(progress));
        if (!run.Json && swarm is not null && progress.Total == 0)
        {
            var swarms = board.GetTasks().Select(task => task.Swarm).OfType<string>().Distinct(StringComparer.Ordinal);
            StandardError.Line($"warning: no task is of the swarm {swarm}{NearestWord.Hint(swarm, swarms)}");
        }
        return 0;

        TaskProgress Look() => parent is null ? board.GetProgress(swarm) : board.GetProgressBelow(parent);
    }

    private TimeSpan Period(string? text) =>
        text is null ? TimeSpan.FromSeconds(1)
        : Duration.Seconds(text) is >= 0.1 and <= 86_400 and var seconds ? TimeSpan.FromSeconds(seconds)
        : throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{text}' is no time between two looks. Give 0.1 seconds or more, and the swarm before the option. Example: {Examples[1]}");
}

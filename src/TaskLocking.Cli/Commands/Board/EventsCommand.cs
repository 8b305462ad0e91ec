using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Threading;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>events</c>.</summary>
internal sealed class EventsCommand : TasklockCommand
{
    public const string Verb = "events";

    private readonly Option<string> _after = new("--after")
    {
        Description = "Only what was committed after this version, which the events tell. Default: all that is kept; with --follow, "
            + "from now on.",
        HelpName = "V",
    };

    private readonly Option<bool> _follow = new("--follow") { Description = "Go on with what comes, until Ctrl+C." };
    private readonly Option<string> _count = new("--count") { Description = "At most so many events.", HelpName = "N" };

    public EventsCommand()
        : base(Verb, "Tells what was committed, each commit once and in order, and follows what comes; takes no lock.")
    {
        Add(_after);
        Add(_follow);
        Add(_count);
    }

    public override string Remarks => """
        An event is a commit: its version, when, who, and what it did to which task: defined, claimed, started, completed, submitted (for
        review), retried, failed, blocked, … With --json each is a document on a line of its own. None is told before it is sure to last;
        whoever was killed goes on with --after and the last version that he has dealt with, and nothing is lost or doubled, over
        restarts and checkpoints. Kept are at least the last 4 MB of commits, or as much as the board is long; in a database all.
        Exit code 8 (EventsLost): not all that came after that version is kept, or the board was put back since. Read the board
        (tasklock task get), and go on after the version that the refusal names (found_version). Where that happens while it follows, an
        event of the kind 'reset' says so, and it goes on from its version.
        --timeout S ends --follow after so long: 0, or 5 if --count was not reached. 128 and its number for a signal (130 on Ctrl+C), 13 if
        nobody reads any more.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock events",
        "tasklock events --follow",
        "tasklock events --after 1200 --follow --json | while read -r event; do jq -r '.version, .kind' <<<\"$event\"; done",
        "tasklock events --follow --count 1 --timeout 60",
    ];

    protected override int Execute(CommandRun run)
    {
        var follow = run.Value(_follow);
        var count = WholeNumber.Parse(run.Value(_count), "--count 10");
        if (count == 0)
            throw new TaskLockingException(RefusalCode.InvalidArgument, "0 events are none. Give at least 1, for example --count 10.");
        var after = Version(run.Value(_after)) ?? (follow ? null : TaskFeed.Oldest);
        using var board = run.OpenBoard(lasts: follow);
        using var feed = board.OpenFeed(after);
        var watch = new EventWatch(feed, run.Json, count, run.Failure);
        return follow ? watch.Follow(run.Timeout ?? Timeout.InfiniteTimeSpan) : watch.Write();
    }

    private static long? Version(string? text) => text is null ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : throw new TaskLockingException(RefusalCode.InvalidArgument,
            $"'{text}' is no version. Give the number that an event has, for example --after 17; 0 is before all.");
}

using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task archive</c>.</summary>
internal sealed class TaskArchiveCommand : TasklockCommand
{
    public const string Verb = "archive";

    private readonly Option<string> _older = new("--older")
    {
        Description = "Closed so long ago, or longer: 90, 90s, 30m, 4h, 2d. Default: 30d.",
        HelpName = "T",
    };
    private readonly Option<string> _swarm = new("--swarm") { Description = "Only tasks of this swarm.", HelpName = "S" };
    private readonly Option<bool> _whatIf = new("--what-if") { Description = "Only tell what would be archived." };
    private readonly Option<string> _by = WriteOptions.By();

    public TaskArchiveCommand()
        : base(Verb, "Moves tasks out of the document that were closed long ago, in one commit.")
    {
        Add(_older);
        Add(_swarm);
        Add(_whatIf);
        Add(_by);
    }

    public override string Remarks => """
        Closed are tasks in Done and Cancelled; a failed one is not, for somebody has to look at it. What a task that is not closed depends
        on stays. Archived tasks keep their ids, count in the progress of their swarm, and can be read: task get ID, task get --archived,
        task history. A task that comes to depend on one has it back; 'task restore' brings one back by hand. In a folder they lie in
        '.todo2/archive', which belongs to the document: where that is in git, the archive should be.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task archive --what-if",
        "tasklock task archive --older 90d --swarm nightly --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var standard = new ArchiveRequest();
        var request = standard with
        {
            OlderThan = Duration.Parse(run.Value(_older), "--older 30d") ?? standard.OlderThan,
            Swarm = run.Value(_swarm),
        };
        using var board = run.OpenBoard();
        var report = board.ArchiveTasks(request, run.Commit(run.Value(_by)) with { WhatIf = run.Value(_whatIf) }, run.Cancellation);
        if (run.Json)
            StandardOutput.Json(writer => ArchiveJson.Write(writer, report));
        else
            StandardOutput.Lines(Sentences(report));
        return 0;
    }

    private static IEnumerable<string> Sentences(ArchiveReport report)
    {
        yield return $"{Tasks(report.Archived)} {(report.WhatIf ? "would be " : "")}archived"
            + (report.Archived.Count == 0 ? "" : ": " + string.Join(", ", report.Archived));
        if (report.Needed.Count > 0)
            yield return $"{Tasks(report.Needed)} closed long ago and needed by tasks that are not: {string.Join(", ", report.Needed)}";
    }

    private static string Tasks(IReadOnlyList<string> ids) => ids.Count == 1 ? "1 task" : $"{ids.Count} tasks";
}

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Options;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>task import</c>.</summary>
internal sealed class TaskImportCommand : TasklockCommand
{
    public const string Verb = "import";

    private static readonly (string Word, TaskFormat Format)[] Formats =
    [
        ("jsonl", TaskFormat.JsonLines), ("taskmaster", TaskFormat.TaskMaster), ("beads", TaskFormat.Beads),
        ("backlog", TaskFormat.Backlog), ("speckit", TaskFormat.SpecKit),
    ];

    private readonly Argument<string> _file = new("FILE")
    {
        Description = "A file, the folder of Backlog.md, or '-' for standard input.",
    };
    private readonly Option<string> _format = new("--format")
    {
        Description = "jsonl, taskmaster (tasks.json), beads (issues.jsonl), backlog (Backlog.md's folder) or speckit (tasks.md). "
            + "Default: as the file looks.",
        HelpName = "jsonl|taskmaster|beads|backlog|speckit",
    };
    private readonly Option<bool> _update = new("--update")
    {
        Description = "Change what is there already and differs; else nothing is imported then.",
    };
    private readonly Option<bool> _allowMissing = new("--allow-missing")
    {
        Description = "Take over what depends on tasks that nobody has: it will wait. Else nothing is imported then.",
    };
    private readonly Option<string> _swarm = new("--swarm") { Description = "The swarm of those that name none.", HelpName = "S" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only tell what would be done." };
    private readonly Option<string> _by = WriteOptions.By();

    public TaskImportCommand()
        : base(Verb, "Takes over tasks from a file or another tool: all of them in one commit, or none.")
    {
        Add(_file);
        Add(_format);
        Add(_update);
        Add(_allowMissing);
        Add(_swarm);
        Add(_dryRun);
        Add(_by);
    }

    public override string Remarks => """
        Ids are kept. All is looked at before anything is written: ids that are there twice, dependencies on what nobody has, circles, tasks
        that are there already and differ; all of that is told at once, and nothing is imported then. So a plan may be imported again and
        again: what is there as the file has it is left alone. --update changes name, text, priority, tags, dependencies and the like; how
        far the work is stays this board's, but what the file has as done or cancelled is so here.
        JSON lines are todos as 'task export' writes them, history and unknown fields included, or definitions as 'task new --from' takes
        them. Task Master's subtasks become tasks of their own ('1.2'); tasks of tags beside 'master' get the tag in front. Of spec-kit the
        order of phases becomes dependencies. What could not be taken over, or not as it was, is told as a remark. Claims are not taken
        over.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock task import plan.jsonl --swarm nightly",
        "tasklock task import .taskmaster/tasks/tasks.json --dry-run",
        "tasklock task import .beads/issues.jsonl --allow-missing --json",
        "tasklock task import specs/001-login/tasks.md --update",
        "tasklock task export --swarm nightly | tasklock -w ../other task import -",
    ];

    protected override int Execute(CommandRun run)
    {
        var name = run.Value(_file)!;
        var request = new ImportRequest(name == InputFile.StandardInput
            ? [new ImportFile("standard input", InputFile.Read(name, run.Timeout))] : ImportSource.Read(CurrentFolder.Full(name)))
        {
            Format = run.Value(_format) is { } word ? Format(word) : null,
            Update = run.Value(_update),
            AllowMissing = run.Value(_allowMissing),
            Swarm = run.Value(_swarm),
            Folder = CurrentFolder.Path(),
        };
        using var board = run.OpenBoard();
        var isDry = run.Value(_dryRun);
        var report = board.Import(request, run.Commit(run.Value(_by)) with { WhatIf = isDry }, run.Cancellation);
        if (report.Refusals.Count > 0)
            return run.Failure.Tell(report.Refusals);
        if (run.Json)
            StandardOutput.Json(writer => ImportJson.Write(writer, report));
        else
            StandardOutput.Lines(Lines(report, isDry));
        return 0;
    }

    private static IEnumerable<string> Lines(ImportReport report, bool isDry) => report.Remarks.Select(remark => "remark: " + remark)
        .Append($"{(isDry ? "Would be: " : "")}{report.Added.Count} added, {report.Changed.Count} changed, "
            + $"{report.Unchanged.Count} as they are");

    private static TaskFormat Format(string word) =>
        Array.Find(Formats, format => string.Equals(format.Word, word, StringComparison.OrdinalIgnoreCase)) is { Word: not null } found
            ? found.Format
            : throw new TaskLockingException(RefusalCode.InvalidArgument,
                $"'{word}' is no format. Give jsonl, taskmaster, beads, backlog or speckit, for example --format beads.");
}

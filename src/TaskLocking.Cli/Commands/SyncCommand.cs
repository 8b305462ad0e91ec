using System.Collections.Generic;
using System.Linq;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Storage;

namespace TaskLocking.Cli.Commands;

/// <summary><c>sync</c>.</summary>
internal sealed class SyncCommand : TasklockCommand
{
    public const string Verb = "sync";

    public SyncCommand()
        : base(Verb, "Brings the document up to date and adopts what other tools wrote into it.")
    {
    }

    public override string Remarks => """
        Also makes a checkpoint if one is due and sweeps the lock files of closed tasks.
        What others changed and added is taken over. What they left out is removed only if the document still has our mark, 'taskLocking' at its
        top; else it stays, and is told: 'tasklock task remove' takes away what is to go. What lost against a later change is kept aside.
        Exit code 10, DocumentNotPublished, where the document cannot be put in its place; what was committed stands.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock sync",
        "tasklock sync --json",
    ];

    protected override int Execute(CommandRun run)
    {
        using var board = run.OpenBoard();
        var report = board.Sync(run.Commit(), run.Cancellation);
        if (run.Json)
            WriteJson(report);
        else
            WriteText(report);
        return 0;
    }

    private static void WriteText(SyncReport report) => StandardOutput.Lines(
    [
        $"Version {report.Version}: {report.Tasks} tasks, {report.Adopted} adopted, {report.SweptLockFiles} lock files swept"
            + (report.Checkpoint ? ", checkpoint made" : ""),
        .. report.KeptAside.Select(path => "Kept aside: " + path),
    ]);

    private static void WriteJson(SyncReport report) => StandardOutput.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", report.Version);
        writer.WriteNumber("tasks", report.Tasks);
        writer.WriteNumber("adopted", report.Adopted);
        writer.WriteStartArray("kept_aside");
        foreach (var path in report.KeptAside)
            writer.WriteStringValue(path);
        writer.WriteEndArray();
        writer.WriteNumber("swept_lock_files", report.SweptLockFiles);
        writer.WriteBoolean("checkpoint", report.Checkpoint);
        writer.WriteEndObject();
    });
}

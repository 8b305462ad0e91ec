using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Todo2;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>sync</c>.</summary>
internal sealed class SyncCommand : TasklockCommand
{
    public const string Verb = "sync";

    private readonly Option<string> _into = new("--into")
    {
        Description = "Instead brings the tasks of this workspace into that one, by their ids; nothing of either is dropped.",
        HelpName = "W",
    };

    public SyncCommand()
        : base(Verb, "Brings the document up to date and adopts what other tools wrote into it.") => Add(_into);

    public override string Remarks => """
        Also makes a checkpoint if one is due and sweeps the lock files of closed tasks.
        What others changed and added is taken over. What they left out is removed only if the document still has our mark, 'taskLocking' at
        its top; else it stays, and is told: 'tasklock task remove' takes away what is to go. What lost against a later change is kept
        aside. What in it is not understood is told with its place in the document; 'tasklock graph check' ends with 6 for it.
        --into is for two boards that should be one, as when a linked worktree of git had a store of its own: new tasks are taken over
        whole, their claims end; what both have stays as that board has it, and the other is kept aside there; but what is done here is done
        there, unless somebody works on it or it was opened again since. Refused with exit code 6 where tasks of both would wait for one
        another. The worktree's store is a copy from then on.
        Exit code 10, DocumentNotPublished, where the document cannot be put in its place; what was committed stands.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock sync",
        "tasklock sync --json",
        "tasklock sync --workspace ../feature-tree --into .",
    ];

    protected override int Execute(CommandRun run)
    {
        using var board = run.OpenBoard();
        if (run.Given(_into))
            return Merge(run, board, run.Value(_into) ?? "");
        var report = board.Sync(run.Commit(), run.Cancellation);
        if (run.Json)
            StandardOutput.Json(writer => WorkspaceJson.Write(writer, report));
        else
            WriteText(report);
        return 0;
    }

    private static int Merge(CommandRun run, TaskBoard from, string into)
    {
        // Nothing would be another workspace: the one that is found without a name.
        if (string.IsNullOrWhiteSpace(into))
            throw new TaskLockingException(RefusalCode.InvalidArgument,
                "The workspace that shall get the tasks is not named. Example: tasklock sync --workspace ../feature-tree --into .");
        using var board = Boards.Open(WorkspacePath.Locate(into, CurrentFolder.Path));
        var report = BoardMerge.Run(from, board, run.Commit(), run.Cancellation);
        NoticeReport.Tell(board.TakeNotices(), run.Json);
        if (run.Json)
        {
            StandardOutput.Json(writer => WorkspaceJson.Write(writer, report));
            return 0;
        }
        StandardOutput.Line($"{report.Added.Count} tasks taken over, {report.Same.Count} were there alike, {report.Differing.Count} " +
            "differ");
        if (report.Released.Count > 0)
            StandardOutput.Line("No longer claimed: " + string.Join(", ", report.Released));
        if (report.Completed.Count > 0)
            StandardOutput.Line("Done there, and so done here: " + string.Join(", ", report.Completed));
        if (report.Differing.Count > 0)
            StandardOutput.Line($"As the board has them: {string.Join(", ", report.Differing)}; the others are in {report.KeptAside}");
        if (report.Retired is not null)
            StandardOutput.Line("The worktree's own journal was put to " + report.Retired);
        return 0;
    }

    private static void WriteText(SyncReport report) => StandardOutput.Lines(
    [
        $"Version {report.Version}: {report.Tasks} tasks, {report.Adopted} adopted, {report.SweptLockFiles} lock files swept"
            + (report.Checkpoint ? ", checkpoint made" : ""),
        .. report.KeptAside.Select(path => "Kept aside: " + path),
        .. report.NotUnderstood.Where(finding => finding.IsError).Select(finding => "Not understood: " + finding),
    ]);
}

using System.Collections.Generic;
using System.Linq;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Processes;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>check</c>.</summary>
internal sealed class CheckCommand : TasklockCommand
{
    public const string Verb = "check";

    private const int NotUnderstood = 6;

    public CheckCommand()
        : base(Verb, "Tests on the workspace's own mount what the locks and the store rest on.")
    {
    }

    public override string Remarks => """
        Exclusion, also between two processes, release on kill, rename over an open file, flush, clock; state of the store, its owner, files
        and rights; whether everything in the todos is understood; the document on its very name, which a copy of it takes; copies that
        synchronisers and people left, as a remark. Which workspace it is and why; the document that came with a linked worktree of git is a
        copy, and named. Exit code 0 only when all holds; 6 where only what other tools wrote into the document is not understood; else 10.
        On a share (NFS, SMB) run it on each machine that uses it. Whether two machines exclude each other, one cannot try: hold a task on
        one (tasklock lock T-1 --agent first -- sleep 60) and change it on the other (tasklock task set T-1 --name x --timeout 0): that has
        to end with LockTimeout and name the first. 'Get-Help about_TaskLocking_Troubleshooting' tells what to do where it does not.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock check",
        "tasklock check --workspace /srv/project --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var report = run.Place.Address is { } address ? PostgresCheck.Run(address, run.Workspace, run.Cancellation)
            : WorkspaceCheck.Run(run.Workspace, OwnProgram.Start, run.Cancellation);
        if (run.Json)
            StandardOutput.Json(writer => WorkspaceJson.Write(writer, report, run.Place));
        else
            WriteText(report, run.Place);
        return report.Passed ? 0 : report.IsOnlyNotUnderstood ? NotUnderstood : RefusalTable.ExitCode(RefusalCode.LockingUnsupported);
    }

    private static void WriteText(WorkspaceReport report, WorkspacePlace place) => StandardOutput.Lines(
    [
        .. report.Items.Select(item => $"{(item.Passed ? "ok" : "FAILED"),-7}{item.Name}: {item.Detail}"),
        place.ToString(),
        $"{report.Workspace}{Place(report)}: {Verdict(report)}",
    ]);

    private static string Verdict(WorkspaceReport report) =>
        report.Passed ? "all holds" : report.IsOnlyNotUnderstood ? "safe to use, and not all of it is understood" : "not safe to use";

    private static string Place(WorkspaceReport report) =>
        (report.Mount is null ? "" : $" on {report.Mount}") + (report.FileSystem is null ? "" : $" ({report.FileSystem})");
}

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

/// <summary><c>file guard</c>.</summary>
internal sealed class FileGuardCommand : TasklockCommand
{
    public const string Verb = "guard";

    private readonly Option<string> _agent = LeaseOptions.Agent("Who commits; nobody: user@host.");
    private readonly Option<string> _pid = LeaseOptions.Worker();
    private readonly Option<string> _type = LeaseOptions.Type();
    private readonly Option<bool> _install = new("--install")
    {
        Description = "Have git do so before each commit: write the hook 'pre-commit', or add to the one that is there.",
    };

    public FileGuardCommand()
        : base(Verb, "Refuses a commit of git that changes what somebody else has a lease on.")
    {
        Add(_agent);
        Add(_pid);
        Add(_type);
        Add(_install);
    }

    public override string Remarks => """
        Looks at what is staged: what a commit would change, add or take away, and both names of what was renamed. Exit code 3 where
        somebody else has a lease on any of it; then git makes no commit. Leases of the agent itself, and of a process that started this,
        are in nobody's way. 'git commit --no-verify' goes past it.
        --install keeps what a hook does already, minds core.hooksPath, and serves all working trees of a repository; a hook that is no
        script of a shell is refused with exit code 6.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock file guard --install",
        "tasklock file guard --agent builder-1 --json",
    ];

    protected override int Execute(CommandRun run)
    {
        if (run.Value(_install))
            return Install(run);
        var paths = FileGuard.Staged(CurrentFolder.Path(), run.Cancellation).Select(Leasable).ToList();
        var agent = LeaseOptions.FindAgent(run, _agent) ?? $"{Environment.UserName}@{Environment.MachineName}";
        using var board = run.OpenBoard();
        // Where nobody has a lease, nothing is in the way; and a name of the system may be none of an agent.
        var results = paths.Count == 0 || board.GetFileLeases().Count == 0 ? []
            : board.TestFiles(new FileLeaseRequest(WorkingProcess.Of(agent, run.Value(_pid), run.Value(_type)), paths));
        var held = results.Where(result => !result.IsFree).ToList();
        if (run.Json)
            StandardOutput.Json(writer => JsonText.Write(writer, held, single: false, LeaseJson.Write));
        else
            StandardError.Lines(held.SelectMany(result => result.Conflicts.Select(lease =>
                $"{result.Path} is not yours to commit: {LeaseText.Sentence(lease)}")));
        return held.Count == 0 ? 0 : RefusalTable.ExitCode(RefusalCode.FileLocked);
    }

    // No lease names a character that ends a line, or white space at an end; but one on a pattern may reach the file.
    private static string Leasable(string path)
    {
        var known = CallerPath.Literal(path).Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? '?' : letter)
            .ToArray();
        if (char.IsWhiteSpace(known[^1]))
            known[^1] = '?';
        return new string(known);
    }

    private static int Install(CommandRun run)
    {
        var isNew = FileGuard.Install(CurrentFolder.Path(), out var path, run.Cancellation);
        if (run.Json)
        {
            StandardOutput.Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("hook", path);
                writer.WriteBoolean("changed", isNew);
                writer.WriteEndObject();
            });
        }
        else
        {
            StandardOutput.Line(isNew ? $"'{path}' looks at the leases before each commit" : $"'{path}' does so already");
        }
        return 0;
    }
}

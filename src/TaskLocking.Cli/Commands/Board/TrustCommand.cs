using System.Collections.Generic;
using System.CommandLine;
using TaskLocking.Cli.Input;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>trust</c>.</summary>
internal sealed class TrustCommand : TasklockCommand
{
    public const string Verb = "trust";

    private readonly Argument<string> _path = new("PATH") { Description = "The folder that has the other user's '.todo2'." };
    private readonly Option<bool> _remove = new("--remove") { Description = "Trust it no longer." };

    public TrustCommand()
        : base(Verb, "Lets the store of another user be used without being named, once and for all.")
    {
        Add(_path);
        Add(_remove);
    }

    public override string Remarks => """
        A store that is found in or above the current folder and belongs to somebody else is refused (UntrustedStore, exit code 7): its
        owner decides what a command reads there, and where it writes. It is used if it is named (--workspace, TASKLOCKING_WORKSPACE), if
        its folder may be written by a group that you are in, or if you trusted it. That holds for you alone, and as long as the owner
        stays; it is kept in 'tasklocking/trusted' in XDG_CONFIG_HOME, else in ~/.config.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock trust /srv/project",
        "tasklock trust /srv/project --remove",
    ];

    protected override int Execute(CommandRun run)
    {
        var named = run.Value(_path)!;
        var full = WorkspacePath.IsUri(named) ? named : CurrentFolder.Full(named);
        var answer = run.Value(_remove) ? WorkspaceTrust.Distrust(full) : WorkspaceTrust.Trust(full);
        if (run.Json)
            StandardOutput.Json(writer => WorkspaceJson.Write(writer, answer));
        else
            StandardOutput.Line(Text(answer));
        return 0;
    }

    private static string Text(TrustedWorkspace answer) =>
        $"{answer.Workspace} {(answer.IsTrusted ? "is trusted" : "is not trusted")}{(answer.IsChanged ? " from now on" : "")}"
        + (answer.Owner is null ? "" : $"; it belongs to {answer.Owner}")
        + (answer.IsOurs ? ", and needs no trust" : "");
}

using System.Collections.Generic;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>hooks list</c>.</summary>
internal sealed class HooksListCommand : TasklockCommand
{
    public const string Verb = "list";

    public HooksListCommand()
        : base(Verb, "Lists the scripts of the workspace that run when something happens, and whether you trust them; runs none.")
    {
    }

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock hooks list",
        "tasklock hooks list --json",
    ];

    protected override int Execute(CommandRun run)
    {
        var scripts = WorkspaceHooks.List(run.Workspace);
        if (run.Json)
            StandardOutput.Json(writer => JsonText.Write(writer, scripts, single: false, HookJson.Write));
        else
            HookReport.Write(scripts);
        return 0;
    }
}

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>hooks untrust</c>.</summary>
internal sealed class HooksUntrustCommand : TasklockCommand
{
    public const string Verb = "untrust";

    private readonly Argument<string[]> _events = HookNames.Argument("Whose script is meant; default: all");

    public HooksUntrustCommand()
        : base(Verb, "Takes back what was trusted: these scripts of the workspace run no longer.") => Add(_events);

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock hooks untrust failed",
        "tasklock hooks untrust",
    ];

    protected override int Execute(CommandRun run)
    {
        var kinds = HookNames.Read(run, _events);
        var taken = (kinds.Count > 0 ? kinds : Enum.GetValues<HookEventKind>())
            .Where(kind => WorkspaceHooks.Untrust(run.Workspace, kind)).Select(WorkspaceHooks.NameOf).ToList();
        if (run.Json)
        {
            StandardOutput.Json(writer =>
            {
                writer.WriteStartObject();
                JsonText.Write(writer, "untrusted", taken);
                writer.WriteEndObject();
            });
        }
        else
        {
            StandardOutput.Line(taken.Count == 0 ? "Nothing was trusted." : $"Trusted no longer: {string.Join(", ", taken)}.");
        }
        return 0;
    }
}

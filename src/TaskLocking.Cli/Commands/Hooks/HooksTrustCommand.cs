using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using TaskLocking.Cli.Output;
using TaskLocking.Cli.Running;
using TaskLocking.Wire;

namespace TaskLocking.Cli.Commands;

/// <summary><c>hooks trust</c>.</summary>
internal sealed class HooksTrustCommand : TasklockCommand
{
    public const string Verb = "trust";

    private readonly Argument<string[]> _events = HookNames.Argument("Whose script is meant; default: all that are there");

    public HooksTrustCommand()
        : base(Verb, "Agrees to run the scripts of the workspace as they are now, in your name.") => Add(_events);

    public override string Remarks => """
        A script comes with a repository and runs in your name, so read it first. Trusted is its very content, in this workspace, for this
        event and by you: once it is changed it is trusted no longer. What it starts is not looked at. It has to be a file of yours that
        only you may write to, no link, and executable. What you trust is kept in 'tasklocking/hooks' in XDG_STATE_HOME, else in
        ~/.local/state, with a copy of the script: that is what runs, in the folder of the workspace.
        """;

    public override IReadOnlyList<string> Examples { get; } =
    [
        "tasklock hooks trust failed",
        "tasklock hooks trust",
    ];

    protected override int Execute(CommandRun run)
    {
        var kinds = HookNames.Read(run, _events);
        if (kinds.Count == 0)
            kinds = [.. WorkspaceHooks.List(run.Workspace).Select(script => script.Kind)];
        var trusted = new List<HookScript>();
        var refused = new List<Refusal>();
        foreach (var kind in kinds)
        {
            try
            {
                trusted.Add(WorkspaceHooks.Trust(run.Workspace, kind));
            }
            catch (TaskLockingException refusal)
            {
                refused.Add(refusal.Refusal);
            }
        }
        if (run.Json)
            StandardOutput.Json(writer => JsonText.Write(writer, trusted, single: false, HookJson.Write));
        else if (trusted.Count > 0 || refused.Count == 0)
            HookReport.Write(trusted);
        return run.Failure.Tell(refused);
    }
}

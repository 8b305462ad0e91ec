using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>A cmdlet that works on one root of numbered topic folders.</summary>
public abstract class TopicCommand : TaskLockingCommand
{
    /// <summary>The folder that the topics' root is looked for in. Left out: found as the workspace is.</summary>
    [Parameter]
    [Given]
    public string? Workspace { get; set; }

    /// <summary>The store of a root.</summary>
    /// <param name="root">A path of the session; null: <c>CLAUDE_SPECS_ROOT</c>, <c>.claude/specs</c>, <c>specs</c>.</param>
    private protected TopicStore Topics(string? root) => TopicStore.Open(
        WorkspacePath.FindProject(Workspace is null ? null : SessionPath.Literal(this, Workspace), () => SessionPath.Location(this)),
        root is null ? null : SessionPath.Literal(this, root));
}

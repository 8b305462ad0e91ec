using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>A cmdlet that works on one root of numbered topic folders.</summary>
public abstract class TopicCommand : TaskLockingCommand
{
    private string? _project;

    /// <summary>
    /// The folder that the topics' root is looked for in. What is piped brings its own. Left out: found as the workspace is.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Given]
    public string? Workspace { get; set; }

    /// <summary>The store of a root.</summary>
    /// <param name="root">A path of the session; null: <c>CLAUDE_SPECS_ROOT</c>, <c>.claude/specs</c>, <c>specs</c>.</param>
    private protected TopicStore Topics(string? root)
    {
        var named = Workspace is null ? null : SessionPath.Literal(this, Workspace);
        _project = WorkspacePath.FindProject(named, () => SessionPath.Location(this));
        return TopicStore.Open(_project, root is null ? null : SessionPath.Literal(this, root));
    }

    /// <inheritdoc/>
    private protected override object? Own(object? value) => value is BoardObject own && _project is not null ? own.In(_project) : value;
}

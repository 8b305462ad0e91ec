using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>Lets the store of another user be used without being named, once and for all.</summary>
[Cmdlet(VerbsLifecycle.Approve, "TaskWorkspace", SupportsShouldProcess = true)]
[OutputType(typeof(TrustedWorkspace))]
public sealed class ApproveTaskWorkspaceCommand : TaskLockingCommand
{
    /// <summary>The folder that has the other user's <c>.todo2</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Given]
    public string Workspace { get; set; } = "";

    /// <summary>Trust it no longer.</summary>
    [Parameter]
    public SwitchParameter Remove { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var path = SessionPath.Literal(this, Workspace);
        if (ShouldProcess(path, Remove ? "Distrust task workspace" : "Trust task workspace"))
            WriteObject(Remove ? WorkspaceTrust.Distrust(path) : WorkspaceTrust.Trust(path));
    }
}

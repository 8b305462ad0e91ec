using System.Management.Automation;
using TaskLocking.PowerShell.Processes;
using TaskLocking.PowerShell.Sessions;
using TaskLocking.SelfTest;

namespace TaskLocking.PowerShell;

/// <summary>Tries out on the workspace's own mount whether locks exclude and end with their process, and files can be replaced.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TaskWorkspace")]
[OutputType(typeof(WorkspaceReport), typeof(bool))]
public sealed class TestTaskWorkspaceCommand : WorkspaceCommand
{
    /// <summary>Write true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!IsFirstOfWorkspace())
            return;
        var home = SessionState.PSVariable.GetValue("PSHOME") as string;
        var place = FindPlace();
        var report = place.Address is { } address ? DatabaseBoards.Check(address, place.Folder, StopToken)
            : WorkspaceCheck.Run(place.Folder, file => HolderProcess.Start(home, file), StopToken);
        WriteObject(Quiet ? report.Passed : report);
    }
}

using System.Management.Automation;

namespace TaskLocking.PowerShell;

/// <summary>Tells circles and dangling ids among the dependencies, which only a file from elsewhere can bring in; takes no lock.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TaskGraph")]
[OutputType(typeof(GraphReport), typeof(bool))]
public sealed class TestTaskGraphCommand : WorkspaceCommand
{
    /// <summary>Write true or false only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!IsFirstOfWorkspace())
            return;
        var report = Board.CheckGraph();
        WriteObject(Quiet ? report.IsHealthy : report);
    }
}

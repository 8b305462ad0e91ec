using System.Management.Automation;

namespace TaskLocking.PowerShell;

/// <summary>Begins the metrics anew: what was counted until now is forgotten, for all processes.</summary>
[Cmdlet(VerbsCommon.Clear, "TaskLockMetric", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ClearTaskLockMetricCommand : WorkspaceCommand
{
    /// <inheritdoc/>
    protected override void Process()
    {
        if (IsFirstOfWorkspace() && ShouldProcess(WorkspaceFolder(), "Clear task lock metrics"))
            Board.ResetMetrics();
    }
}

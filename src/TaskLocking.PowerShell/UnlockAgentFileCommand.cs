using System.Management.Automation;
using TaskLocking.Leases;

namespace TaskLocking.PowerShell;

/// <summary>Frees leases on files, all or none. A path on which nobody has a lease is no error.</summary>
[Cmdlet(VerbsCommon.Unlock, "AgentFile", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileLease))]
public sealed class UnlockAgentFileCommand : FileLeaseCommand
{
    private const string AllSet = "All";

    /// <summary>Everything that the agent has.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Free the paths whoever has them.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Write the leases that were freed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override string Action => "Free the lease";

    /// <inheritdoc/>
    protected override void End()
    {
        // No path at all means everything to the engine; a pipeline that brought none means nothing.
        if (All ? !ShouldProcess(Caller, "Free every file lease") : Paths.Count == 0)
            return;
        Write(Board.UnlockFiles(new FileUnlockRequest(Caller) { Paths = Paths, Force = Force }, Commit, StopToken), PassThru);
    }
}

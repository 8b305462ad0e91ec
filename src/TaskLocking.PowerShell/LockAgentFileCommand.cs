using System;
using System.Management.Automation;
using TaskLocking.Leases;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>Takes leases on files, all or none; what the agent has already is renewed.</summary>
[Cmdlet(VerbsCommon.Lock, "AgentFile", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileLease))]
public sealed class LockAgentFileCommand : FileLeaseCommand
{
    /// <summary>Others may share them too; nobody may have them for himself.</summary>
    [Parameter]
    public SwitchParameter Shared { get; set; }

    /// <summary>How long the leases hold where their process cannot be judged, 1 s to 30 days; 30 minutes when left out.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Ttl { get; set; }

    /// <summary>The process that works; 0: none. Left out: this session's.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? ProcessId { get; set; }

    /// <inheritdoc/>
    private protected override string Action => Shared ? "Take a shared lease" : "Take a lease";

    /// <inheritdoc/>
    protected override void End()
    {
        if (Paths.Count == 0)
            return;
        var request = new FileLeaseRequest(SessionHolder.Of(Caller, ProcessId), Paths) { IsShared = Shared, Ttl = Ttl ?? FileLeaseRequest.DefaultTtl };
        Write(Board.LockFiles(request, Commit, StopToken), passThru: true);
    }
}

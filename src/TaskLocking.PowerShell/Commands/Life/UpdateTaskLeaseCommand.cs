using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>Prolongs claims, and the file leases that were taken with them, from now on.</summary>
[Cmdlet(VerbsData.Update, "TaskLease", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class UpdateTaskLeaseCommand : ClaimCommand
{
    private readonly Batches<RenewRequest> _requests = new();

    /// <summary>For how long, 1 s to 30 days. Left out: as long as the claim was given for.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Ttl { get; set; }

    /// <summary>Write the tasks with their claims.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override string Action => "Renew claim";

    /// <inheritdoc/>
    private protected override void Add(string id, long? token, PipedClaim? claim)
    {
        // Whoever prolongs need not be who works: this session is named only where it is asked for.
        var holder = SessionHolder.Of(Caller, ProcessId ?? 0, Kind);
        _requests.Add(Board, new RenewRequest(id, Caller)
        {
            Token = token,
            Ttl = Ttl,
            Type = Kind,
            Host = holder.Host,
            Pid = holder.Pid,
            ProcessStart = holder.ProcessStart,
            Callers = holder.Callers,
            Force = Force,
        }, Caller);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_requests).SelectMany(requests => Board.Renew(requests, Commit, StopToken)))
            Write(outcome, PassThru);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
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

    /// <summary>
    /// What the agent is: human for a person, who is another than an agent of that name. Left out: as the name is registered.
    /// </summary>
    [Parameter]
    [ValidateSet("agent", "human", "host")]
    public string? Type { get; set; }

    /// <summary>Although another living process has them under this name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Repository: the file in every working tree of git; Worktree: the file of its own tree alone.</summary>
    [Parameter]
    public FileLeaseScope Scope { get; set; }

    /// <inheritdoc/>
    private protected override string Action => Shared ? "Take a shared lease" : "Take a lease";

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var paths in Each(Paths).Where(paths => paths.Count > 0))
            Lock(paths);
    }

    private void Lock(List<string> paths)
    {
        var request = new FileLeaseRequest(SessionHolder.Of(Caller, ProcessId, Type?.ToLowerInvariant()), paths)
        {
            IsShared = Shared,
            Ttl = Ttl ?? FileLeaseRequest.DefaultTtl,
            Force = Force,
            Scope = Scope,
        };
        Write(Board.LockFiles(request, Commit, StopToken), paths, passThru: true);
    }
}

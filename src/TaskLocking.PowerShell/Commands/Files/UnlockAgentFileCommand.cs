using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

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

    /// <summary>Free the paths whoever has them; with -All what other living processes have under the name, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// What the agent is: human for a person, who is another than an agent of that name. Left out: as the name is registered.
    /// </summary>
    [Parameter]
    [ValidateSet("agent", "human", "host")]
    public string? Type { get; set; }

    /// <summary>The process that works, where the lease names one; 0: none. Left out: this session's.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? ProcessId { get; set; }

    /// <summary>Write the leases that were freed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Repository: the file in every working tree of git; Worktree: the file of its own tree alone.</summary>
    [Parameter]
    public FileLeaseScope Scope { get; set; }

    /// <inheritdoc/>
    private protected override string Action => "Free the lease";

    /// <inheritdoc/>
    protected override void End()
    {
        // No path at all means everything to the engine; a pipeline that brought none means nothing.
        if (All && IsToDo(Caller, "Free every file lease"))
            Free([]);
        foreach (var paths in Each(Paths).Where(paths => paths.Count > 0 && !All))
            Free(paths);
    }

    private void Free(List<string> paths)
    {
        var request = new FileUnlockRequest(Caller)
        {
            Paths = paths,
            Force = Force,
            Scope = Scope,
            Type = Type?.ToLowerInvariant(),
            Callers = SessionHolder.Callers(ProcessId),
        };
        Write(Board.UnlockFiles(request, Commit, StopToken), paths, PassThru);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;

namespace TaskLocking.PowerShell;

/// <summary>Reports that the work failed: another attempt later, or Failed for good, which blocks what depends on the task.</summary>
[Cmdlet(VerbsLifecycle.Submit, "TaskFailure", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class SubmitTaskFailureCommand : ClaimCommand
{
    private readonly Batches<FailRequest> _requests = new();

    /// <summary>Why it failed; an error record tells its message.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Given]
    public string Reason { get; set; } = "";

    /// <summary>No further attempt, although the task has some left.</summary>
    [Parameter]
    public SwitchParameter Final { get; set; }

    /// <summary>Write the tasks as they are now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override string Action => "Report failure";

    /// <inheritdoc/>
    private protected override void Add(string id, long? token, PipedClaim? claim) =>
        _requests.Add(Board, new FailRequest(id, Caller, ReasonText.OnOneLine(Reason))
        {
            Token = token,
            IsFinal = Final,
            Type = Kind,
            Callers = SessionHolder.Callers(ProcessId),
            Force = Force,
        }, Caller);

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_requests).SelectMany(requests => Board.Fail(requests, Commit, StopToken)))
            Write(outcome, PassThru);
    }
}

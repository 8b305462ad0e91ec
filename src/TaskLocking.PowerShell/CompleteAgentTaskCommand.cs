using System.Collections.Generic;
using System.Management.Automation;
using TaskLocking.Leases;
using TaskLocking.PowerShell.Binding;
using TaskLocking.Tasks;

namespace TaskLocking.PowerShell;

/// <summary>Ends the work: Done, or Review where a person has to approve it.</summary>
[Cmdlet(VerbsLifecycle.Complete, "AgentTask", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class CompleteAgentTaskCommand : ClaimCommand
{
    private readonly List<CompleteRequest> _requests = [];

    /// <summary>A person shall look at it, although the task does not ask for that.</summary>
    [Parameter]
    public SwitchParameter ForReview { get; set; }

    /// <summary>Write the completed tasks.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override string Action => "Complete task";

    /// <inheritdoc/>
    private protected override void Add(string id, long? token, PipedClaim? claim) =>
        _requests.Add(new CompleteRequest(id, Caller)
        {
            Type = Kind ?? "agent",
            Token = token,
            ForReview = ForReview,
            Callers = SessionHolder.Callers(ProcessId),
            Force = Force,
        });

    /// <inheritdoc/>
    protected override void End()
    {
        if (_requests.Count == 0)
            return;
        foreach (var outcome in Board.Complete(_requests, Commit, StopToken))
            Write(outcome, PassThru);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Begins the work on tasks that are claimed by, or assigned to, the agent, and gives them with their claims.</summary>
[Cmdlet(VerbsLifecycle.Start, "AgentTask", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class StartAgentTaskCommand : ClaimCommand
{
    private readonly Batches<StartRequest> _requests = new();

    /// <summary>What the agent can do, beside what it is registered for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    [Given]
    public string[] Capability { get; set; } = [];

    /// <summary>How long a claim holds that is given where there is none yet, 1 s to 30 days.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Ttl { get; set; }

    /// <summary>What to do if somebody else has the task's files: refuse, or start without them and warn.</summary>
    [Parameter]
    public FileOverlap OnOverlap { get; set; }

    /// <inheritdoc/>
    private protected override string Action => "Start task";

    /// <inheritdoc/>
    private protected override void Add(string id, long? token, PipedClaim? claim)
    {
        // A claim that was asked for without a process stays without one: its work may outlive this session.
        var holder = SessionHolder.Of(Caller, ProcessId ?? (claim is { HasProcess: false } ? 0 : null), Kind);
        _requests.Add(Board, new StartRequest(id, holder)
        {
            Token = token,
            Force = Force,
            Capabilities = Capability,
            Ttl = Ttl ?? TaskRequest.DefaultTtl,
            OnOverlap = OnOverlap,
        }, Caller);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_requests).SelectMany(requests => Board.Start(requests, Commit, StopToken)))
        {
            if (!IsWhatIf)
                WarnOf(outcome.Overlaps, outcome.Id);
            Write(outcome, passThru: true);
        }
    }
}

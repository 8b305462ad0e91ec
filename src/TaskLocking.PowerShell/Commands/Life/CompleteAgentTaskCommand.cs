using System;
using System.Collections.Generic;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Ends the work: Done, or Review where a person has to approve it.</summary>
[Cmdlet(VerbsLifecycle.Complete, "AgentTask", SupportsShouldProcess = true, DefaultParameterSetName = "Complete")]
[OutputType(typeof(AgentTask))]
public sealed class CompleteAgentTaskCommand : ClaimCommand
{
    private const string NextSet = "Next";

    private readonly Batches<CompleteRequest> _requests = new();

    /// <summary>A person shall look at it, although the task does not ask for that.</summary>
    [Parameter]
    public SwitchParameter ForReview { get; set; }

    /// <summary>What the work came to, as a note on the tasks; several are lines.</summary>
    [Parameter]
    [Given]
    public string[]? Result { get; set; }

    /// <summary>Write the completed tasks.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Claim the next task in the same commit, and write it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NextSet)]
    public SwitchParameter Next { get; set; }

    /// <summary>Begin the work on the next task in the same commit.</summary>
    [Parameter(ParameterSetName = NextSet)]
    public SwitchParameter Start { get; set; }

    /// <summary>What the agent can do, beside what it is registered for.</summary>
    [Parameter(ParameterSetName = NextSet)]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    [Given]
    public string[] Capability { get; set; } = [];

    /// <summary>The next task is one of this swarm.</summary>
    [Parameter(ParameterSetName = NextSet)]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string? Swarm { get; set; }

    /// <summary>The next task has all of these tags.</summary>
    [Parameter(ParameterSetName = NextSet)]
    [ArgumentCompleter(typeof(TagCompleter))]
    [Given]
    public string[] Tag { get; set; } = [];

    /// <summary>How long the claim on it holds where its process cannot be judged, 1 s to 30 days.</summary>
    [Parameter(ParameterSetName = NextSet)]
    [Duration]
    public TimeSpan? Ttl { get; set; }

    /// <summary>What to do about a next task whose files somebody else has: pass it over, or claim it and warn.</summary>
    [Parameter(ParameterSetName = NextSet)]
    public FileOverlap OnOverlap { get; set; }

    /// <summary>Where nothing is free then, wait for the next task, at most so long.</summary>
    [Parameter(ParameterSetName = NextSet)]
    [Duration]
    public TimeSpan? Wait { get; set; }

    /// <summary>
    /// Wait, as long as it takes or as -Wait says, but no longer when none of these tasks can become ready without a person.
    /// </summary>
    [Parameter(ParameterSetName = NextSet)]
    public SwitchParameter UntilEmpty { get; set; }

    /// <inheritdoc/>
    private protected override string Action => "Complete task";

    /// <inheritdoc/>
    private protected override void Add(string id, long? token, PipedClaim? claim) =>
        _requests.Add(Board, new CompleteRequest(id, Caller)
        {
            Type = Kind ?? "agent",
            Token = token,
            ForReview = ForReview,
            Result = Result is null ? null : string.Join("\n", Result),
            Callers = SessionHolder.Callers(ProcessId),
            Force = Force,
        }, Caller);

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var requests in Each(_requests))
        {
            if (Next)
                CompleteAndRequest(requests);
            else
                Tell(Board.Complete(requests, Commit, StopToken));
        }
    }

    private void CompleteAndRequest(List<CompleteRequest> requests)
    {
        var request = new TaskRequest(SessionHolder.Of(Caller, ProcessId, Kind))
        {
            Capabilities = Capability,
            Swarm = Swarm,
            Tags = Tag,
            Ttl = Ttl ?? TaskRequest.DefaultTtl,
            OnOverlap = OnOverlap,
            Start = Start,
        };
        var answer = WaitOf(Wait, UntilEmpty) is { } wait
            ? Board.CompleteAndRequestWhenFree(requests, request, wait, Commit, StopToken)
            : Board.CompleteAndRequest(requests, request, Commit, StopToken);
        Tell(answer.Completed);
        if (answer.Next is { Task: null })
            WarnOfUnknown(Swarm);
        if (answer.Next is { } next)
            Write(next);
    }

    private void Tell(IEnumerable<TaskOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
            Write(outcome, PassThru);
    }
}

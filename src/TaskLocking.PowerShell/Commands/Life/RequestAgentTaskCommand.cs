using System;
using System.Management.Automation;
using TaskLocking.PowerShell.Abstractions;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// Finds the best ready tasks that the agent may do and claims them, in one step. Nothing free is no output and no error.
/// </summary>
[Cmdlet(VerbsLifecycle.Request, "AgentTask", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class RequestAgentTaskCommand : AgentCommand, INamedRequest
{
    /// <summary>What the agent can do, beside what it is registered for.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    [Given]
    public string[] Capability { get; set; } = [];

    /// <summary>Only tasks of this swarm.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SwarmCompleter))]
    [Given]
    public string? Swarm { get; set; }

    /// <summary>Only tasks with all of these tags.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TagCompleter))]
    [Given]
    public string[] Tag { get; set; } = [];

    /// <summary>How long the claim holds where its process cannot be judged, 1 s to 30 days.</summary>
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

    /// <summary>What to do about a task whose files somebody else has: pass it over, or claim it and warn.</summary>
    [Parameter]
    public FileOverlap OnOverlap { get; set; }

    /// <summary>Begin the work in the same commit: the tasks are then in progress.</summary>
    [Parameter]
    public SwitchParameter Start { get; set; }

    /// <summary>At most so many tasks in one commit.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Count { get; set; } = 1;

    /// <summary>Where nothing is free, wait for a task, at most so long.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? Wait { get; set; }

    /// <summary>
    /// Wait, as long as it takes or as -Wait says, but no longer when none of these tasks can become ready without a person.
    /// </summary>
    [Parameter]
    public SwitchParameter UntilEmpty { get; set; }

    /// <summary>
    /// An id of this request that nobody else uses: sent again under it, it changes nothing and is answered as it was.
    /// </summary>
    [Parameter]
    [ValidateLength(1, 100)]
    public string? RequestId { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!IsFirstOfWorkspace() || (!IsWhatIf && !ShouldProcess(Caller, "Claim the next task")))
            return;
        var request = new TaskRequest(SessionHolder.Of(Caller, ProcessId, Type?.ToLowerInvariant()))
        {
            Capabilities = Capability,
            Swarm = Swarm,
            Tags = Tag,
            Ttl = Ttl ?? TaskRequest.DefaultTtl,
            OnOverlap = OnOverlap,
            Start = Start,
            Count = Count,
        };
        var answer = WaitOf(Wait, UntilEmpty) is { } wait
            ? Board.RequestWhenFree(request, wait, Commit, StopToken)
            : Board.Request(request, Commit, StopToken);
        if (answer.Task is null)
            WarnOfUnknown(Swarm);
        Write(answer);
    }
}

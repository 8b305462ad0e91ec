using System;
using System.Management.Automation;
using TaskLocking.PowerShell.Abstractions;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// A cmdlet by which an agent goes on with tasks that it has claimed. A piped task brings its claim along, so that a claim that was lost
/// meanwhile is noticed; what the pipeline brings is one commit.
/// </summary>
public abstract class ClaimCommand : AgentCommand, INamedRequest
{
    /// <summary>The tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>The fencing token of the claim.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyAsNull]
    public long? Token { get; set; }

    /// <summary>The claim that a piped task brings: its token counts unless another is named. One of another agent is refused.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public PSObject? Claim { get; set; }

    /// <summary>
    /// What the agent is: human for a person, who is another than an agent of that name. Left out: as the name is registered.
    /// </summary>
    [Parameter]
    [ValidateSet("agent", "human", "host")]
    public string? Type { get; set; }

    /// <summary>The process that works, where the claim names one; 0: none. Left out: this session's.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? ProcessId { get; set; }

    /// <summary>Although another living process has the claim under this name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// An id of this request that nobody else uses: sent again under it, it changes nothing and is answered as it was.
    /// </summary>
    [Parameter]
    [ValidateLength(1, 100)]
    public string? RequestId { get; set; }

    private protected abstract string Action { get; }

    private protected string? Kind => Type?.ToLowerInvariant();

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        foreach (var id in Id)
        {
            try
            {
                var claim = PipedClaim.Of(Claim, id);
                Begin(Worker(id, claim));
                if (claim is not null && !string.Equals(claim.Agent, Caller, StringComparison.Ordinal))
                    claim = null;
                if (IsToDo(id, Action))
                    Add(id, Token ?? claim?.Token, claim);
            }
            catch (TaskLockingException refused) when (refused.Refusal.TaskId == id)
            {
                WriteRefusal(refused.Refusal, id);
            }
        }
    }

    /// <summary>Takes a task into the commit.</summary>
    private protected abstract void Add(string id, long? token, PipedClaim? claim);

    // Somebody else's claim is no proof of one's own, and what it says is not to be passed over either. It names the agent where nobody
    // else does, but only one of this session's work: else whoever reads all tasks and pipes them on would work for everybody.
    private string Worker(string id, PipedClaim? claim)
    {
        if (claim is null)
            return CallingAgent.Require(Agent);
        var named = CallingAgent.Find(Agent);
        if (named is null)
        {
            return claim.IsWorkOf(SessionHolder.Callers(ProcessId)) ? claim.Agent : throw new TaskLockingException(new Refusal(
                RefusalCode.InvalidArgument,
                $"No agent is named, and the claim of {claim.Agent} that was piped with task {id} is not of this session's work. Name "
                    + "who acts, for example -Agent ann.",
                TaskId: id,
                Agent: claim.Agent));
        }
        var isOwn = string.Equals(claim.Agent, named, StringComparison.Ordinal) || Token is not null;
        return isOwn ? named : throw new TaskLockingException(new Refusal(RefusalCode.NotOwner,
            $"{claim.Agent} has task {id} by the claim that was piped (token {claim.Token}), not {named}. Read the task again, or name " +
                "your own token.",
            TaskId: id,
            Agent: claim.Agent));
    }
}

using System;
using System.Management.Automation;
using TaskLocking.Leases;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>
/// A cmdlet by which an agent goes on with tasks that it has claimed. A piped task brings its claim along, so that a claim that was lost
/// meanwhile is noticed; what the pipeline brings is one commit.
/// </summary>
public abstract class ClaimCommand : AgentCommand
{
    /// <summary>The tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The fencing token of the claim.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? Token { get; set; }

    /// <summary>The claim that a piped task brings; its token counts if the claim is the agent's and no token is named.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public TaskClaim? Claim { get; set; }

    // Somebody else's claim is no proof of one's own: without a token the refusal says whose task it is.
    private protected long? OwnToken =>
        Token ?? (Claim is { } claim && string.Equals(claim.Agent, Caller, StringComparison.Ordinal) ? claim.Token : null);
}

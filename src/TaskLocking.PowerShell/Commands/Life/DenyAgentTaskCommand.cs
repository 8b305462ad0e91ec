using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Abstractions;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Sends tasks in Review back to Todo, with the reason why their work is not good enough.</summary>
[Cmdlet(VerbsLifecycle.Deny, "AgentTask", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class DenyAgentTaskCommand : CommitCommand, INamedRequest
{
    private readonly Batches<RejectRequest> _requests = new();

    /// <summary>The tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>Why, in a line; it stands where the reason of a failure does.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Given]
    public string Reason { get; set; } = "";

    /// <summary>Refuse unless the task still has this version; a block (<c>{ $_.Version }</c>) is asked for each piped task.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? IfVersion { get; set; }

    /// <summary>Write the tasks as they are now.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// An id of this request that nobody else uses: sent again under it, it changes nothing and is answered as it was.
    /// </summary>
    [Parameter]
    [ValidateLength(1, 100)]
    public string? RequestId { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var id in Id)
        {
            if (IsToDo(id, "Reject task"))
                _requests.Add(Board, new RejectRequest(id, ReasonText.OnOneLine(Reason)) { IfVersion = IfVersion });
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_requests).SelectMany(items => Board.Reject(items, Commit, StopToken)))
            Write(outcome, PassThru);
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Abstractions;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Puts tasks back into the queue by hand; those that their failure blocked wait for them again.</summary>
[Cmdlet(VerbsLifecycle.Restart, "AgentTask", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class RestartAgentTaskCommand : CommitCommand, INamedRequest
{
    private readonly Batches<RestartRequest> _requests = new();

    /// <summary>The tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>Take them from whoever works on them, or open them again though they are done.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

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
            if (IsToDo(id, "Restart task"))
                _requests.Add(Board, new RestartRequest(id) { Force = Force, IfVersion = IfVersion });
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_requests).SelectMany(items => Board.Restart(items, Commit, StopToken)))
            Write(outcome, PassThru);
    }
}

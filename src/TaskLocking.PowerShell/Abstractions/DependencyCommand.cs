using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Abstractions;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;
using TaskLocking.Ready;

namespace TaskLocking.PowerShell;

/// <summary>What adding and removing dependencies share: a whole pipeline is one commit.</summary>
public abstract class DependencyCommand : CommitCommand, INamedRequest
{
    private readonly Batches<DependencyEdit> _edits = new();

    /// <summary>The tasks that wait.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>What they wait for. A dangling dependency that <c>Test-TaskGraph</c> found brings it as Missing.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Missing")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] DependsOn { get; set; } = [];

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

    private protected abstract string Action { get; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var id in Id)
        {
            if (IsToDo(id, $"{Action} {string.Join(", ", DependsOn)}"))
                _edits.Add(Board, new DependencyEdit(id, DependsOn) { IfVersion = IfVersion });
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_edits).SelectMany(Transact))
            Write(outcome, PassThru);
    }

    private protected abstract IReadOnlyList<TaskOutcome> Transact(IReadOnlyList<DependencyEdit> edits);
}

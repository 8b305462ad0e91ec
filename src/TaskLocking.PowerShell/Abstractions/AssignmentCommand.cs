using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Abstractions;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>What granting and revoking share: the pipeline is one batch, which is done as a whole or, on wish, as far as it goes.</summary>
public abstract class AssignmentCommand : CommitCommand, INamedRequest
{
    private protected const string AllOrNoneSet = "AllOrNone";
    private protected const string SkipConflictSet = "SkipConflict";
    private readonly Batches<string> _batches = new();

    /// <summary>The tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>Do what can be done and write one result with what was assigned and what failed, and why.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SkipConflictSet)]
    public SwitchParameter SkipConflict { get; set; }

    /// <summary>Do it although somebody else has the task.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Refuse unless each task still has this version.</summary>
    [Parameter]
    public long IfVersion { get; set; }

    /// <summary>Write the tasks as they are now.</summary>
    [Parameter(ParameterSetName = AllOrNoneSet)]
    public SwitchParameter PassThru { get; set; }

    private protected long? Version => MyInvocation.BoundParameters.ContainsKey(nameof(IfVersion)) ? IfVersion : null;

    /// <summary>
    /// An id of this request that nobody else uses: sent again under it, it changes nothing and is answered as it was.
    /// </summary>
    [Parameter]
    [ValidateLength(1, 100)]
    public string? RequestId { get; set; }

    private protected abstract string Action { get; }

    /// <inheritdoc/>
    protected override void Process() => _batches.AddRange(Board, Id.Where(id => IsToDo(id, Action)).ToList());

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var ids in Each(_batches).Where(ids => ids.Count > 0))
            Assign(ids);
    }

    private protected abstract AssignmentResult Transact(IReadOnlyList<string> ids);

    private void Assign(List<string> ids)
    {
        var result = Transact(ids);
        if (SkipConflict && !IsWhatIf)
        {
            WriteObject(result);
            return;
        }
        // Of those that were refused only because others were, one error speaks for all.
        var refused = result.Failed.Where(f => f.Refusal is { Code: not RefusalCode.BatchRefused }).ToList();
        refused.ForEach(r => Write(r, passThru: false));
        if (result.Success)
        {
            foreach (var done in result.Assigned)
                Write(done, PassThru);
        }
        else if (ids.Count > 1 && !SkipConflict)
        {
            WriteRefusal(Nothing(refused, ids.Count), ids.ToArray());
        }
    }

    private static Refusal Nothing(List<TaskOutcome> refused, int count) => new(RefusalCode.BatchRefused,
        $"Nothing was changed: {refused.Count} of {count} tasks were refused. Use -SkipConflict to do the rest.",
        Ids: [.. refused.Select(r => r.Id)]);
}

using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>What granting and revoking share: the pipeline is one batch, which is done as a whole or, on wish, as far as it goes.</summary>
public abstract class AssignmentCommand : CommitCommand
{
    private protected const string AllOrNoneSet = "AllOrNone";
    private protected const string SkipConflictSet = "SkipConflict";
    private readonly List<string> _ids = [];

    /// <summary>The tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
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

    private protected abstract string Action { get; }

    /// <inheritdoc/>
    protected override void Process() => _ids.AddRange(Id.Where(id => ShouldProcess(id, Action)));

    /// <inheritdoc/>
    protected override void End()
    {
        if (_ids.Count == 0)
            return;
        var result = Transact(_ids);
        if (SkipConflict)
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
        else if (_ids.Count > 1)
        {
            WriteRefusal(Nothing(refused), _ids.ToArray());
        }
    }

    private protected abstract AssignmentResult Transact(IReadOnlyList<string> ids);

    private Refusal Nothing(List<TaskOutcome> refused) => new(RefusalCode.BatchRefused,
        $"Nothing was changed: {refused.Count} of {_ids.Count} tasks were refused. Use -SkipConflict to do the rest.",
        Ids: [.. refused.Select(r => r.Id)]);
}

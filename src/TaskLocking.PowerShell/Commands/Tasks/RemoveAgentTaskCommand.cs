using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Removes tasks that nothing depends on; a whole pipeline is one commit.</summary>
[Cmdlet(VerbsCommon.Remove, "AgentTask", SupportsShouldProcess = true)]
[OutputType(typeof(AgentTask))]
public sealed class RemoveAgentTaskCommand : CommitCommand
{
    private readonly Batches<TaskRemoval> _removals = new();

    /// <summary>The tasks to remove.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>Remove them although others depend on them, or somebody works on them.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Refuse unless the task still has this version; a block (<c>{ $_.Version }</c>) is asked for each piped task.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long IfVersion { get; set; }

    /// <summary>The token of the claim that is ended; for several tasks one for each, in any order.</summary>
    [Parameter]
    [Given]
    public long[]? Token { get; set; }

    /// <summary>The process that works, where the claim names one; 0: none. Left out: this session's.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? ProcessId { get; set; }

    /// <summary>Write the removed tasks as they were last.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var id in Id)
        {
            if (!IsToDo(id, "Remove task"))
                continue;
            var version = MyInvocation.BoundParameters.ContainsKey(nameof(IfVersion)) ? IfVersion : (long?)null;
            _removals.Add(Board, new TaskRemoval(id, Force, version) { Proof = SessionProof.Of(Token, By, ProcessId, Force) });
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var outcome in Each(_removals).SelectMany(items => Board.Remove(items, Commit, StopToken)))
            Write(outcome, PassThru);
    }
}

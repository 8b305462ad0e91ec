using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Waits until tasks have come to a status, or will not as things stand; takes no lock.</summary>
[Cmdlet(VerbsLifecycle.Wait, "AgentTask")]
[OutputType(typeof(AgentTask))]
public sealed class WaitAgentTaskCommand : WorkspaceCommand
{
    private readonly Batches<string> _ids = new();

    /// <summary>The tasks. Those of a whole pipeline are waited for together.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>To what they shall have come; any of these. Left out: Done.</summary>
    [Parameter]
    [Given]
    public AgentTaskStatus[] For { get; set; } = [AgentTaskStatus.Done];

    /// <summary>The first that has come there is enough.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>The longest wait in seconds: 0 looks once, -1 waits for ever, as when it is left out.</summary>
    [Parameter]
    [ValidateRange(-1, 2_000_000)]
    public int TimeoutSec { get; set; } = -1;

    /// <inheritdoc/>
    protected override void Process() => _ids.AddRange(Board, Id);

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (var ids in Each(_ids))
            Wait(ids);
    }

    private void Wait(List<string> ids)
    {
        var outcomes = Board.WaitFor(new TaskWait(ids.Distinct(StringComparer.Ordinal).ToList())
        {
            For = For,
            Any = Any,
            AtMost = TimeoutSec < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(TimeoutSec),
        }, StopToken);
        var isEnough = Any && outcomes.Any(outcome => outcome.Refusal is null);
        foreach (var outcome in outcomes)
        {
            if (outcome.Refusal is null)
                WriteObject(outcome.Task);
            else if (!isEnough)
                WriteRefusal(outcome.Refusal, outcome.Id);
        }
    }
}

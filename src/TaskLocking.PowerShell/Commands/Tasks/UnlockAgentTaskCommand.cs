using System;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Lets go of what this session holds. A hold of several tasks is let go as a whole.</summary>
[Cmdlet(VerbsCommon.Unlock, "AgentTask", SupportsShouldProcess = true, DefaultParameterSetName = "Hold")]
[OutputType(typeof(void))]
public sealed class UnlockAgentTaskCommand : WorkspaceCommand
{
    /// <summary>Tasks of the holds to let go.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Id")]
    [Alias("TaskId")]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [TaskId]
    [Given]
    public string[] Id { get; set; } = [];

    /// <summary>Handles that <c>Lock-AgentTask</c> gave. One that is free already is no error.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Hold")]
    [Given]
    public TaskHold[] Hold { get; set; } = [];

    /// <summary>Everything that this session holds in the workspace, resources too.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var hold in All ? Board.Session.CurrentHolds : Hold)
            Free(hold);
        foreach (var id in Id)
        {
            var holds = Board.Session.CurrentHolds.Where(h => h.Ids.Contains(id, StringComparer.Ordinal)).ToList();
            if (holds.Count == 0)
                WriteRefusal(NotHeld(id), id);
            holds.ForEach(Free);
        }
    }

    private static Refusal NotHeld(string id) => new(RefusalCode.NotOwner,
        $"This session does not hold task {id}. Only the session that locked it can unlock it.",
        id);

    private void Free(TaskHold hold)
    {
        if (ShouldProcess(string.Join(", ", hold.Ids), "Unlock task"))
            hold.Dispose();
    }
}

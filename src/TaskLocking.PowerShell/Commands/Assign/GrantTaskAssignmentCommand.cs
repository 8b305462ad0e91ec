using System.Collections.Generic;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Gives tasks to somebody: check and write in one step, all or none unless -SkipConflict.</summary>
[Cmdlet(VerbsSecurity.Grant, "TaskAssignment", SupportsShouldProcess = true, DefaultParameterSetName = AllOrNoneSet)]
[OutputType(typeof(AgentTask), ParameterSetName = [AllOrNoneSet])]
[OutputType(typeof(AssignmentResult), ParameterSetName = [SkipConflictSet])]
public sealed class GrantTaskAssignmentCommand : AssignmentCommand
{
    /// <summary>Who gets them: a name, or "type:name".</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("To")]
    [ArgumentCompleter(typeof(AssigneeCompleter))]
    [Given]
    public string Assignee { get; set; } = "";

    /// <summary>What the name is of; else as the name tells or is registered, else agent.</summary>
    [Parameter]
    [ValidateSet("agent", "human", "host")]
    public string? Type { get; set; }

    /// <summary>The machine that the assignee works on.</summary>
    [Parameter]
    [Given]
    public string? Hostname { get; set; }

    /// <inheritdoc/>
    private protected override string Action => "Assign task to " + Assignee;

    /// <inheritdoc/>
    private protected override AssignmentResult Transact(IReadOnlyList<string> ids) =>
        Board.Assign(new AssignmentRequest(ids, Type, Assignee)
        {
            Hostname = Hostname,
            SkipConflict = SkipConflict,
            Force = Force,
            IfVersion = Version,
        }, Commit, StopToken);
}

using System.Collections.Generic;
using System.Management.Automation;
using TaskLocking.PowerShell.Completion;
using TaskLocking.Tasks;

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
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AssigneeCompleter))]
    public string Assignee { get; set; } = "";

    /// <summary>What the name is of; agent when neither this nor the name tells.</summary>
    [Parameter]
    [ValidateSet("agent", "human", "host")]
    public string? Type { get; set; }

    /// <summary>The machine that the assignee works on.</summary>
    [Parameter]
    public string? Hostname { get; set; }

    /// <inheritdoc/>
    private protected override string Action => "Assign task to " + Assignee;

    /// <inheritdoc/>
    private protected override AssignmentResult Transact(IReadOnlyList<string> ids)
    {
        var (type, name) = Split();
        return Board.Assign(new AssignmentRequest(ids, type, name)
        {
            Hostname = Hostname,
            SkipConflict = SkipConflict,
            Force = Force,
            IfVersion = Version,
        }, Commit, StopToken);
    }

    private (string Type, string Name) Split()
    {
        if (Type is not null)
            return (Type.ToLowerInvariant(), Assignee);
        var colon = Assignee.IndexOf(':');
        return colon > 0 && Assignee.Substring(0, colon) is "agent" or "human" or "host"
            ? (Assignee.Substring(0, colon), Assignee.Substring(colon + 1))
            : ("agent", Assignee);
    }
}

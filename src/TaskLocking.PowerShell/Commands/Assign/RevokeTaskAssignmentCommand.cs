using System.Collections.Generic;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Completion;

namespace TaskLocking.PowerShell;

/// <summary>Takes assignments back from their owner, or from anybody with -Force; all or none unless -SkipConflict.</summary>
[Cmdlet(VerbsSecurity.Revoke, "TaskAssignment", SupportsShouldProcess = true, DefaultParameterSetName = AllOrNoneSet)]
[OutputType(typeof(AgentTask), ParameterSetName = [AllOrNoneSet])]
[OutputType(typeof(AssignmentResult), ParameterSetName = [SkipConflictSet])]
public sealed class RevokeTaskAssignmentCommand : AssignmentCommand
{
    /// <summary>The owner: a name, or "type:name"; needed unless -Force.</summary>
    [Parameter(Position = 1)]
    [Alias("From")]
    [ArgumentCompleter(typeof(AssigneeCompleter))]
    [Given]
    public string? Assignee { get; set; }

    /// <summary>The token of the claim that is ended; for several tasks one for each, in any order.</summary>
    [Parameter]
    [Given]
    public long[]? Token { get; set; }

    /// <summary>The process that works, where the claim names one; 0: none. Left out: this session's.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? ProcessId { get; set; }

    /// <inheritdoc/>
    private protected override string Action => "Take assignment back";

    /// <inheritdoc/>
    private protected override AssignmentResult Transact(IReadOnlyList<string> ids) =>
        Board.Unassign(new UnassignmentRequest(ids)
        {
            From = Assignee,
            SkipConflict = SkipConflict,
            Force = Force,
            Proof = SessionProof.Of(Token, Assignee, ProcessId, Force),
            IfVersion = Version,
        }, Commit, StopToken);
}

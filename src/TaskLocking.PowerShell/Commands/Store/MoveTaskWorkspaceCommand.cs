using System;
using System.Collections.Generic;
using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Sessions;

namespace TaskLocking.PowerShell;

/// <summary>
/// Moves a board from a folder into PostgreSQL, back, or from one database to another, with all that belongs to it. The one that was moved
/// is closed, and tells whoever comes where it is now.
/// </summary>
[Cmdlet(VerbsCommon.Move, "TaskWorkspace", SupportsShouldProcess = true)]
[OutputType(typeof(SyncReport))]
public sealed class MoveTaskWorkspaceCommand : CommitCommand
{
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private string _to = "";

    /// <summary>
    /// Where it goes: <c>postgres://user@host/database/board</c>, or a folder; there must be no board yet.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Given]
    public string Destination { get; set; } = "";

    /// <inheritdoc/>
    protected override void Process()
    {
        var from = Source();
        _to = SessionPath.Literal(this, Destination);
        if (!WorkspacePath.IsAddress(from) && !WorkspacePath.IsAddress(_to))
            throw new TaskLockingException(RefusalCode.InvalidArgument, $"'{from}' and '{_to}' are both folders. One of the two has to be "
                + "the address of a board, for example: Move-TaskWorkspace postgres://user@host/database/board");
        if (_done.Add(from) && ShouldProcess(from, $"Move the board to {_to} and close it here"))
            WriteObject(DatabaseBoards.Move(from, _to, Commit, StopToken));
    }

    // It tells where the board is now.
    private protected override object? Own(object? value) => value is BoardObject own ? own.In(_to) : value;

    // A folder that was named is meant itself, also where it is closed already: what broke off is ended by the same call.
    private string Source()
    {
        if (Workspace is not null)
            return SessionPath.Literal(this, Workspace);
        var place = FindPlace();
        return place.Address is { } address && !string.Equals(address, SessionPath.Literal(this, Destination), StringComparison.Ordinal)
            ? address : place.Folder;
    }
}

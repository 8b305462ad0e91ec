using System.Management.Automation;
using TaskLocking.PowerShell.Binding;
using TaskLocking.PowerShell.Sessions;

namespace TaskLocking.PowerShell;

/// <summary>
/// Makes the tables of boards in PostgreSQL, or brings them up to date; tells the steps that were made, none where all was there.
/// </summary>
[Cmdlet(VerbsData.Initialize, "TaskDatabase", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class InitializeTaskDatabaseCommand : WorkspaceCommand
{
    /// <summary>A role that is there already and is to use boards: it gets the rights for that, and no others.</summary>
    [Parameter]
    [Given]
    public string? Role { get; set; }

    /// <summary>Write the statements instead, for who runs them himself; the server is not asked.</summary>
    [Parameter]
    public SwitchParameter AsSql { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!IsFirstOfWorkspace())
            return;
        var place = FindPlace();
        var address = place.Address ?? throw new TaskLockingException(RefusalCode.InvalidArgument, $"'{place.Folder}' is a folder, and "
            + "needs no tables. Example: Initialize-TaskDatabase -Workspace postgres://owner@db.example/boards/team -Role agents");
        if (AsSql)
        {
            WriteObject(DatabaseBoards.Script(address, Role));
            return;
        }
        if (!ShouldProcess(address, "Make the tables of boards, or bring them up to date"))
            return;
        var steps = DatabaseBoards.Migrate(address, Role);
        if (steps.Count == 0)
            WriteVerbose("The schema is up to date.");
        WriteObject(steps, enumerateCollection: true);
    }
}

using System.Collections;
using System.Linq;
using System.Management.Automation;
using TaskLocking.PowerShell.Sessions;
using Shell = System.Management.Automation.PowerShell;

namespace TaskLocking.PowerShell.Completion;

/// <summary>The board that the command under completion would use.</summary>
internal static class CurrentBoard
{
    public static TaskBoard Open(IDictionary boundParameters) =>
        ShellSession.Current.Board(WorkspacePath.Locate(boundParameters["Workspace"] as string, Location));

    /// <summary>The session's location on the file system.</summary>
    public static string Location()
    {
        // The session state proxy throws while completion runs; a nested pipeline may ask.
        using var shell = Shell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddCommand("Get-Location").AddParameter("PSProvider", "FileSystem").Invoke<PathInfo>().First().ProviderPath;
    }
}

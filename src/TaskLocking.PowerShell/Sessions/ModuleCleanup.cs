using System.Management.Automation;

namespace TaskLocking.PowerShell.Sessions;

/// <summary>Frees what the session holds when the module is removed or imported anew.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => ShellSession.CloseCurrent();
}

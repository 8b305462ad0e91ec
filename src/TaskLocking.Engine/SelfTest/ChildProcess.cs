using System.Diagnostics;

namespace TaskLocking.SelfTest;

/// <summary>
/// Starts this program, or a shell with this module, once more as a process that talks by its standard streams and may be killed.
/// </summary>
internal static class ChildProcess
{
    /// <param name="info">What to start; it is completed here.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It does not start.</exception>
    public static Process? Start(ProcessStartInfo info)
    {
        info.UseShellExecute = false;
        info.CreateNoWindow = true;
        info.RedirectStandardInput = info.RedirectStandardOutput = info.RedirectStandardError = true;
        // Pipes and a socket for a debugger, which .NET makes in the folder for temporary files: whoever is killed leaves them there.
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        return Process.Start(info);
    }
}

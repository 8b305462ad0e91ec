using System;
using System.Diagnostics;
using System.IO;
using System.Text;

namespace TaskLocking.PowerShell.Processes;

/// <summary>How to start a second PowerShell that runs a script, without the profile and without the module.</summary>
internal static class OtherShell
{
    /// <param name="home">The <c>PSHOME</c> of the session.</param>
    /// <param name="script">What it runs; its standard streams are the caller's.</param>
    public static ProcessStartInfo Start(string? home, string script)
    {
        // Encoded, no quote of a path has to pass a command line. Text, or errors would come as XML.
        var encoded = Convert.ToBase64String(Encoding.Unicode.GetBytes(script));
        var start = new ProcessStartInfo(Program(home), "-NoLogo -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand " + encoded)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        // What .NET learns of a start, for the next one, is written to a file of the user, not atomically: of many shells that end at once,
        // or of one that is killed, a damaged file may be left that no PowerShell starts with. These read it and leave it alone. .NET
        // Framework has no such file.
        if (Environment.Version.Major > 4)
            start.Environment["DOTNET_MultiCoreJitNoProfileGather"] = "1";
        return start;
    }

    /// <summary>The text as a literal of the script. PowerShell ends one at typographic quotes too.</summary>
    public static string Literal(string text) =>
        "'" + System.Management.Automation.Language.CodeGeneration.EscapeSingleQuotedStringContent(text) + "'";

    // The running program is PowerShell itself, unless another one hosts it; then its home has one.
    private static string Program(string? home)
    {
        using var self = Process.GetCurrentProcess();
        var running = self.MainModule?.FileName ?? "pwsh";
        if (Path.GetFileNameWithoutExtension(running) is "pwsh" or "powershell" || home is null)
            return running;
        foreach (var name in new[] { "pwsh", "pwsh.exe", "powershell.exe" })
        {
            if (File.Exists(Path.Combine(home, name)))
                return Path.Combine(home, name);
        }
        return running;
    }
}

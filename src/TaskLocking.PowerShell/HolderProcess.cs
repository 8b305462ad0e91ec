using System;
using System.Diagnostics;
using System.IO;
using System.Text;

namespace TaskLocking.PowerShell;

/// <summary>How to start a second PowerShell that holds a file until its standard input ends.</summary>
internal static class HolderProcess
{
    public static ProcessStartInfo Start(string? home, string file)
    {
        var script = $"$held = [IO.File]::Open('{file.Replace("'", "''")}', 'OpenOrCreate', 'ReadWrite', 'None'); "
            + "[Console]::Out.WriteLine('locked'); [Console]::Out.Flush(); $null = [Console]::In.ReadToEnd(); $held.Dispose()";
        var encoded = Convert.ToBase64String(Encoding.Unicode.GetBytes(script));
        return new ProcessStartInfo(Shell(home), "-NoProfile -NonInteractive -EncodedCommand " + encoded)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
    }

    // The running program is PowerShell itself, unless another one hosts it; then its home has one.
    private static string Shell(string? home)
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

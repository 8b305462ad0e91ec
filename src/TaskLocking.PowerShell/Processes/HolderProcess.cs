using System.Diagnostics;

namespace TaskLocking.PowerShell.Processes;

/// <summary>How to start a second PowerShell that holds a file until its standard input ends.</summary>
internal static class HolderProcess
{
    public static ProcessStartInfo Start(string? home, string file) => OtherShell.Start(home,
        $"$held = [IO.File]::Open({OtherShell.Literal(file)}, 'OpenOrCreate', 'ReadWrite', 'None'); "
            + "[Console]::Out.WriteLine('locked'); [Console]::Out.Flush(); $null = [Console]::In.ReadToEnd(); $held.Dispose()");
}

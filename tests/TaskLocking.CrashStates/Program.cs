using System;
using System.ComponentModel;
using System.Diagnostics;
using TaskLocking.CrashStates;

// What a store is after the power failed, in as many ways as asked for: see ExplorerOptions.
if (ExplorerOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(ExplorerOptions.Usage);
    return 2;
}
if (!HasStrace())
{
    Console.Error.WriteLine("CRASH STATES WERE NOT EXPLORED: strace is not installed, or may not trace here.");
    return Explorer.Unsupported;
}
return new Explorer(options).Run();

static bool HasStrace()
{
    try
    {
        string[] arguments = ["--seccomp-bpf", "-f", "-o", "/dev/null", "true"];
        using var process = Process.Start(new ProcessStartInfo("strace", arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true
        })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
    catch (Win32Exception)
    {
        return false;
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using TaskLocking.PowerShell.Sessions;

namespace TaskLocking.PowerShell.Processes;

/// <summary>A second PowerShell that works for the stress protocol, on the very assemblies that this one has loaded.</summary>
internal static class StressWorkerProcess
{
    /// <summary>How to start it.</summary>
    public static ProcessStartInfo Start(string? home, IReadOnlyList<string> order)
    {
        var own = OtherShell.Literal(typeof(StressWorkerProcess).Assembly.Location);
        var arguments = string.Join(", ", order.Select(OtherShell.Literal));
        return OtherShell.Start(home,
            $"try {{ $worker = [Reflection.Assembly]::LoadFrom({own}).GetType('{typeof(StressWorkerProcess).FullName}'); "
                + $"exit $worker.GetMethod('{nameof(Work)}').Invoke($null, @(,[string[]]({arguments}))) }} "
                + "catch { [Console]::Error.WriteLine($_.Exception.GetBaseException().ToString()); exit 1 }");
    }

    /// <summary>What it does then.</summary>
    public static int Work(string[] order) =>
        StressWorker.Run(order, Console.In, Console.Out, (address, folder, isOneShot) =>
            DatabaseBoards.Open(address, folder, new TaskBoardOptions { OneShot = isOneShot }));
}

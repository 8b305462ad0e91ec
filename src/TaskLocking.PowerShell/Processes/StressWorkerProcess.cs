using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace TaskLocking.PowerShell.Processes;

/// <summary>How to start a second PowerShell that works for the stress protocol, on the very engine that this one has loaded.</summary>
internal static class StressWorkerProcess
{
    public static ProcessStartInfo Start(string? home, IReadOnlyList<string> order)
    {
        var engine = OtherShell.Literal(typeof(StressWorker).Assembly.Location);
        var arguments = string.Join(", ", order.Select(OtherShell.Literal));
        return OtherShell.Start(home,
            $"try {{ $worker = [Reflection.Assembly]::LoadFrom({engine}).GetType('{typeof(StressWorker).FullName}'); "
                + $"exit $worker::{nameof(StressWorker.Run)}([string[]]({arguments}), [Console]::In, [Console]::Out) }} "
                + "catch { [Console]::Error.WriteLine($_.Exception.GetBaseException().ToString()); exit 1 }");
    }
}

using System;
using System.IO;

namespace TaskLocking.SelfTest;

/// <summary>The clock that stamps files must agree with the machine's: on a share the stamps come from the server.</summary>
internal static class ClockCheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    public static string Run(string path, TimeProvider clock)
    {
        var before = clock.GetUtcNow();
        File.WriteAllText(path, "");
        var stamp = new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
        var after = clock.GetUtcNow();
        var off = stamp < before ? before - stamp : stamp > after ? stamp - after : TimeSpan.Zero;
        return off <= Tolerance
            ? $"Files are stamped within {Tolerance.TotalSeconds} s of this machine's clock."
            : throw new TaskLockingException(RefusalCode.StoreUnavailable,
                $"A fresh file is stamped {stamp:yyyy-MM-dd HH:mm:ss'Z'}, {off.TotalSeconds:0.0} s off this machine's clock. Set the " +
                    "clocks of this machine and of the file server by one time source.");
    }
}

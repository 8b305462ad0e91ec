using System.Diagnostics;

namespace TaskLocking.Faults;

/// <summary>
/// Named places where a crash must do no harm. Compiled in only where FAILPOINTS is defined, which is the test worker alone; there
/// TASKLOCKING_FAILPOINT=name or name:n kills the process, as SIGKILL does, at the n-th arrival.
/// </summary>
internal static class Failpoint
{
#if FAILPOINTS
    private static readonly string[] Armed = (System.Environment.GetEnvironmentVariable("TASKLOCKING_FAILPOINT") ?? "").Split(':');
    private static int _left = Armed.Length > 1 ? int.Parse(Armed[1], System.Globalization.CultureInfo.InvariantCulture) : 1;

    /// <summary>The worker's own: may keep the thread at the place, as a slow disk does, or somebody who does not go on.</summary>
    public static System.Action<string>? Arrived { get; set; }

    /// <summary>The worker's own: whether a call to the disk is to fail, by its name and the journal's number.</summary>
    public static System.Func<string, long, bool>? Failing { get; set; }
#endif

    /// <summary>Whether a call to the disk is to fail as on one that is dying, without being made.</summary>
    /// <param name="name">The call.</param>
    /// <param name="journal">The journal that it is about, if that is known.</param>
    public static bool Fails(string name, long journal = 0)
    {
#if FAILPOINTS
        return Failing?.Invoke(name, journal) == true;
#else
        _ = (name, journal);
        return false;
#endif
    }

    [Conditional("FAILPOINTS")]
    public static void Hit(string name)
    {
#if FAILPOINTS
        Arrived?.Invoke(name);
        if (Armed[0] == name && System.Threading.Interlocked.Decrement(ref _left) == 0)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            System.Threading.Thread.Sleep(System.Threading.Timeout.Infinite);
        }
#else
        _ = name;
#endif
    }
}

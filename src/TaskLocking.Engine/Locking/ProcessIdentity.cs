using System;

namespace TaskLocking.Locking;

/// <summary>This process, for others to know it by.</summary>
internal static class ProcessIdentity
{
    /// <summary>The process id on this host.</summary>
    public static int Pid { get; } =
#if NET
        Environment.ProcessId;
#else
        System.Diagnostics.Process.GetCurrentProcess().Id;
#endif
}

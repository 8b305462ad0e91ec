using System.Runtime.InteropServices;
using Xunit;

namespace TaskLocking.Tests.Processes;

/// <summary>Stops a process and lets it go on, as a suspended laptop or a debugger does.</summary>
internal static partial class ProcessSignal
{
    private static readonly int Continue = System.OperatingSystem.IsMacOS() ? 19 : 18;
    private static readonly int Stop = System.OperatingSystem.IsMacOS() ? 17 : 19;

    public static void Suspend(int pid) => Assert.Equal(0, Kill(pid, Stop));

    public static void Resume(int pid) => Assert.Equal(0, Kill(pid, Continue));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}

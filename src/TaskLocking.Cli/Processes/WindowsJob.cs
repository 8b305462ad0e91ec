using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace TaskLocking.Cli.Processes;

/// <summary>A job of Windows: processes that end together, at the latest when nobody has the job open any more.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class WindowsJob : IDisposable
{
    private const int ExtendedLimits = 9; // JobObjectExtendedLimitInformation
    private const uint EndOnClose = 0x2000; // JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE

    private readonly SafeFileHandle _job;

    private WindowsJob(SafeFileHandle job) => _job = job;

    /// <summary>A new one, without any process.</summary>
    /// <exception cref="Win32Exception">The system makes none.</exception>
    public static WindowsJob Create()
    {
        var job = new SafeFileHandle(CreateJobObject(0, 0), ownsHandle: true);
        var limits = new Limits { Flags = EndOnClose };
        if (job.IsInvalid || !SetInformationJobObject(job, ExtendedLimits, &limits, (uint)sizeof(Limits)))
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        return new WindowsJob(job);
    }

    /// <summary>One that has this process, and so all that it starts from now on. Kept open as long as it lives.</summary>
    public static WindowsJob OfThisProcess()
    {
        var job = Create();
        using var self = Process.GetCurrentProcess();
        job.Add(self.SafeHandle);
        return job;
    }

    /// <summary>Takes a process in, and what it starts from now on. One that has ended is no matter.</summary>
    public void Add(SafeProcessHandle process) => _ = AssignProcessToJobObject(_job, process);

    /// <summary>Ends all that is in it.</summary>
    public void End() => _ = TerminateJobObject(_job, 137);

    public void Dispose() => _job.Dispose();

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true)]
    private static partial nint CreateJobObject(nint security, nint name);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(SafeFileHandle job, int kind, Limits* limits, uint size);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool TerminateJobObject(SafeFileHandle job, uint exitCode);

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION
    private struct Limits
    {
        public long ProcessTime;
        public long JobTime;
        public uint Flags;
        public nuint LeastMemory;
        public nuint MostMemory;
        public uint Processes;
        public nuint Affinity;
        public uint Priority;
        public uint Scheduling;
        public ulong Reads;
        public ulong Writes;
        public ulong Others;
        public ulong ReadBytes;
        public ulong WrittenBytes;
        public ulong OtherBytes;
        public nuint ProcessMemory;
        public nuint JobMemory;
        public nuint PeakProcessMemory;
        public nuint PeakJobMemory;
    }
}

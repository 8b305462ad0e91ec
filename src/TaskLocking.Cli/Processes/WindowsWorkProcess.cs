using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// A worker's command on Windows, in a job that ends all of it. This process is in a job of its own that ends with it, and what it starts
/// is so from its first moment: so nothing is left running when it is killed.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsWorkProcess : WorkProcess
{
    private const uint Break = 1; // CTRL_BREAK_EVENT: Ctrl+C is off in a group of its own.

    private static readonly Lazy<WindowsJob> OwnJob = new(WindowsJob.OfThisProcess);

    private readonly Process _process;
    private readonly WindowsJob _job = WindowsJob.Create();

    private WindowsWorkProcess(Process process) => _process = process;

    public static new WindowsWorkProcess Start(WorkProcessStart start, Action<StandardKind, ReadOnlyMemory<byte>> write)
    {
        _ = OwnJob.Value;
        var info = WindowsCommand.Of(start.Words);
        info.RedirectStandardInput = info.RedirectStandardOutput = info.RedirectStandardError = true;
        info.CreateNewProcessGroup = true;
        foreach (var (name, value) in start.Variables)
            info.Environment[name] = value;
        var process = new WindowsWorkProcess(Process.Start(info)!);
        process._job.Add(process._process.SafeHandle);
        process.Read(process._process.StandardOutput.BaseStream, StandardKind.Output, write);
        process.Read(process._process.StandardError.BaseStream, StandardKind.Error, write);
        Feed(process._process.StandardInput.BaseStream, start.Input ?? []);
        return process;
    }

    protected override void AwaitCommand()
    {
        // Without a time it would wait for the ends of the streams as well, which what was left running has open.
        while (!_process.WaitForExit(int.MaxValue))
        {
        }
    }

    protected override void Ask() => _ = NativeMethods.GenerateConsoleCtrlEvent(Break, (uint)_process.Id);

    protected override void Kill() => _job.End();

    protected override int Conclude()
    {
        _job.End();
        return _process.ExitCode;
    }

    protected override void Dispose(bool disposing)
    {
        _job.Dispose();
        _process.Dispose();
    }

    private static class NativeMethods
    {
#pragma warning disable SYSLIB1054
        [DllImport("kernel32"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int GenerateConsoleCtrlEvent(uint kind, uint group);
#pragma warning restore SYSLIB1054
    }
}

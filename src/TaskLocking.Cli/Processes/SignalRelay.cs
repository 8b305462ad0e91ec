using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// Keeps this process alive as long as its command runs: what asks it to end ends the wait before the command starts, and after that is
/// the command's to answer. The terminal sends Ctrl+C and Ctrl+\ to the command itself; SIGTERM and SIGHUP are passed on.
/// </summary>
internal sealed partial class SignalRelay : IDisposable
{
    private readonly CancellationTokenSource _beforeStart = new();
    private readonly Lock _gate = new();
    private readonly PosixSignalRegistration[] _registrations;
    private Process? _child;
    private PosixSignal? _first;

    public SignalRelay() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Meet),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Meet),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Meet),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Meet),
    ];

    /// <summary>Cancelled by a signal that came before the command started.</summary>
    public CancellationToken BeforeStart => _beforeStart.Token;

    /// <summary>128 and the number of the first signal, as shells have it.</summary>
    public int ExitCode => 128 + Number(_first ?? PosixSignal.SIGINT);

    /// <summary>Starts the command, unless a signal came first.</summary>
    /// <exception cref="OperationCanceledException">It did.</exception>
    public Process Start(ProcessStartInfo info)
    {
        lock (_gate)
        {
            _beforeStart.Token.ThrowIfCancellationRequested();
            return _child = Process.Start(info)!;
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _beforeStart.Dispose();
    }

    private void Meet(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_gate)
        {
            _first ??= context.Signal;
            if (_child is null)
                _beforeStart.Cancel();
            else if (context.Signal is PosixSignal.SIGTERM or PosixSignal.SIGHUP && !OperatingSystem.IsWindows() && !_child.HasExited)
                _ = Kill(_child.Id, Number(context.Signal));
        }
    }

    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGQUIT => 3,
        PosixSignal.SIGTERM => 15,
        _ => 2,
    };

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}

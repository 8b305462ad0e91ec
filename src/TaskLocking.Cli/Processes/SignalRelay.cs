using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// Keeps this process alive as long as its command runs: what asks it to end ends the wait before the command starts, and after that is
/// passed on and the command's to answer. What the terminal sends (Ctrl+C, Ctrl+\, Ctrl+Z) it sends to the command itself, which is not to
/// get it twice. A signal that was ignored when this process was started stays so, for both.
/// </summary>
internal sealed class SignalRelay : IDisposable
{
    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int Terminate = 15;

    private static readonly bool IsMac = OperatingSystem.IsMacOS();
    private static readonly int Stop = IsMac ? 18 : 20;
    private static readonly int Continue = IsMac ? 19 : 18;
    private static readonly int User1 = IsMac ? 30 : 10;
    private static readonly int User2 = IsMac ? 31 : 12;

    private readonly CancellationTokenSource _beforeStart = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<int, PosixSignalRegistration> _registrations = [];
    private Process? _process; // on Windows
    private int _child; // elsewhere; 0: not yet, or it has ended
    private bool _isStarted;
    private int _first = Interrupt;

    public SignalRelay() => Register(Interrupt, Quit, Terminate, HangUp);

    /// <summary>Cancelled by a signal that came before the command started.</summary>
    public CancellationToken BeforeStart => _beforeStart.Token;

    /// <summary>128 and the number of the first signal, as shells have it.</summary>
    public int ExitCode => 128 + _first;

    /// <summary>Starts the command, unless a signal came first.</summary>
    /// <param name="start">Gives its process id.</param>
    /// <exception cref="OperationCanceledException">It did.</exception>
    public void Start(Func<int> start)
    {
        Register(Stop, Continue, User1, User2);
        lock (_gate)
        {
            _beforeStart.Token.ThrowIfCancellationRequested();
            _child = start();
            _isStarted = true;
        }
    }

    /// <summary>The same on Windows, where no signal can be passed on.</summary>
    /// <param name="start">Gives the process.</param>
    public void Start(Func<Process> start)
    {
        lock (_gate)
        {
            _beforeStart.Token.ThrowIfCancellationRequested();
            _process = start();
            _isStarted = true;
        }
    }

    /// <summary>Waits for the end of the command and gives its exit code.</summary>
    public int AwaitEnd()
    {
        if (_process is not null)
        {
            _process.WaitForExit();
            return _process.ExitCode;
        }
        UnixSpawn.Await(_child);
        lock (_gate)
        {
            // From here on the number may be another process's.
            var exitCode = UnixSpawn.Reap(_child);
            _child = 0;
            return exitCode;
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations.Values)
            registration.Dispose();
        _process?.Dispose();
        _beforeStart.Dispose();
    }

    private void Register(params ReadOnlySpan<int> signals)
    {
        foreach (var signal in signals)
        {
            if (OperatingSystem.IsWindows())
                _registrations[signal] = PosixSignalRegistration.Create(OfWindows(signal), context => Meet(signal, context));
            else if (!UnixSpawn.IsIgnored(signal))
                _registrations[signal] = PosixSignalRegistration.Create((PosixSignal)signal, context => Meet(signal, context));
        }
    }

    private void Meet(int signal, PosixSignalContext context)
    {
        context.Cancel = signal != Continue;
        lock (_gate)
        {
            if (_isStarted)
            {
                Pass(signal);
            }
            else if (context.Cancel)
            {
                if (!_beforeStart.IsCancellationRequested)
                    _first = signal;
                _beforeStart.Cancel();
            }
        }
    }

    private void Pass(int signal)
    {
        if (_child > 0 && !(IsTyped(signal) && UnixSpawn.IsInForeground()))
            UnixSpawn.Signal(_child, signal);
        if (signal != Stop)
            return;
        // This process stops with its command, where the system stops any: not where nobody could let it go on.
        _registrations[Stop].Dispose();
        UnixSpawn.Suffer(Stop);
        Register(Stop);
    }

    private static bool IsTyped(int signal) => signal is Interrupt or Quit || signal == Stop;

    private static PosixSignal OfWindows(int signal) => signal switch
    {
        HangUp => PosixSignal.SIGHUP,
        Quit => PosixSignal.SIGQUIT,
        Terminate => PosixSignal.SIGTERM,
        _ => PosixSignal.SIGINT,
    };
}

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// What asks this process to end while it does something that it has to end in order: the first signal asks for that, the second for an
/// end at once. A signal that was ignored when this process was started stays so.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private static readonly (PosixSignal Signal, int Number)[] Kinds =
        [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15)];

    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _second = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _number;

    public StopSignals()
    {
        foreach (var (signal, number) in Kinds)
        {
            if (OperatingSystem.IsWindows() || !UnixSpawn.IsIgnored(number))
                _registrations.Add(PosixSignalRegistration.Create(signal, context => Meet(context, number)));
        }
    }

    /// <summary>Cancelled by the first.</summary>
    public CancellationToken First => _first.Token;

    /// <summary>Cancelled by the second.</summary>
    public CancellationToken Second => _second.Token;

    /// <summary>128 and the number of the first, as shells have it.</summary>
    public int ExitCode => 128 + Volatile.Read(ref _number);

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _first.Dispose();
        _second.Dispose();
    }

    private void Meet(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _number, number, 0) == 0)
            _first.Cancel();
        else
            _second.Cancel();
    }
}

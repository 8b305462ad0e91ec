using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// What asks this process to end while its answer waits for whoever reads it: the wait ends, and this process with it, but not before what
/// nobody read is given back. Nothing is handled before there is a wait, so who does not wait pays nothing, and a signal that was ignored
/// when this process was started stays so.
/// </summary>
internal sealed class EndSignals
{
    private static readonly (PosixSignal Signal, int Number)[] Kinds =
        [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15)];

    // Kept to the end of the process: whoever asked it to end once does not want it to go on.
    private readonly List<PosixSignalRegistration> _registrations = [];
    private volatile bool _haveCome;

    /// <summary>Whether one has come since this was asked first.</summary>
    public bool HaveCome()
    {
        if (_registrations.Count == 0)
            Handle();
        return _haveCome;
    }

    private void Handle()
    {
        foreach (var (signal, number) in Kinds)
        {
            if (OperatingSystem.IsWindows() || !UnixSpawn.IsIgnored(number))
                _registrations.Add(PosixSignalRegistration.Create(signal, Meet));
        }
    }

    private void Meet(PosixSignalContext context)
    {
        context.Cancel = true;
        _haveCome = true;
    }
}

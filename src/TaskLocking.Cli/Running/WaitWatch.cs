using System;
using System.Runtime.InteropServices;
using System.Threading;
using TaskLocking.Cli.Output;

namespace TaskLocking.Cli.Running;

/// <summary>
/// A wait that lasts is told on standard error, and Ctrl+C ends it in order. Before a wait begins Ctrl+C is left to the system, which
/// ends the process: nothing that the store does needs a farewell, and a run that does not wait pays nothing.
/// </summary>
internal sealed class WaitWatch(bool told) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _cancel = new();
    private PosixSignalRegistration? _interrupt;
    private string? _last;

    public CancellationToken Token => _cancel.Token;

    public void Tell(LockWait wait)
    {
        _interrupt ??= PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            _cancel.Cancel();
        });
        if (!told || wait.Elapsed < Patience)
            return;
        var line = $"waiting for {wait.Resource}, held by {wait.Holder}";
        if (string.Equals(line, _last, StringComparison.Ordinal))
            return;
        _last = line;
        StandardError.Line(line);
    }

    public void Dispose()
    {
        _interrupt?.Dispose();
        _cancel.Dispose();
    }
}

using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace TaskLocking.SelfTest;

/// <summary>
/// The second process of the self-test. <see cref="Start"/> it, let it be met, <see cref="Kill"/> it; disposing kills it too.
/// </summary>
internal sealed class HolderProcess(Func<string, ProcessStartInfo> start) : IDisposable
{
    // A guard against a child that hangs; a cold one on a busy machine needs a second or two.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Process? _process;

    /// <summary>The file that it holds; null while it does not run.</summary>
    public string? HeldFile { get; private set; }

    /// <summary>Its process id; 0 while it does not run.</summary>
    public int Pid => _process?.Id ?? 0;

    /// <summary>Returns once the process holds the file.</summary>
    /// <exception cref="TaskLockingException">StoreUnavailable: it cannot be started, or did not say that it holds the file.</exception>
    public void Start(string path, CancellationToken cancellationToken)
    {
        var info = start(path);
        try
        {
            _process = ChildProcess.Start(info);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw Unable($"'{info.FileName}' does not start: {exception.Message}", exception);
        }
        if (_process is null)
            throw Unable($"'{info.FileName}' does not start", null);
#pragma warning disable CA2016 // .NET Standard cannot pass the token on; the wait below ends by it.
        var complaint = _process.StandardError.ReadToEndAsync();
        var answer = _process.StandardOutput.ReadLineAsync();
#pragma warning restore CA2016
        if (!answer.Wait((int)Patience.TotalMilliseconds, cancellationToken))
            throw Unable($"it said nothing for {Patience.TotalSeconds} s", null);
        if (answer.Result?.Trim() != "locked")
            throw Unable($"it answered '{answer.Result ?? Told(complaint)}' instead of 'locked'", null);
        HeldFile = path;
    }

    /// <summary>Ends the process the hard way and returns when it is gone.</summary>
    public void Kill()
    {
        if (_process is null)
            return;
        try
        {
#if NET
            _process.Kill(entireProcessTree: true);
#else
            _process.Kill();
#endif
            _process.WaitForExit((int)Patience.TotalMilliseconds);
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It ended by itself.
        }
        _process.Dispose();
        _process = null;
        HeldFile = null;
    }

    public void Dispose() => Kill();

    private static string Told(Task<string> complaint) =>
        complaint.Wait(TimeSpan.FromSeconds(1)) && complaint.Result.Trim() is { Length: > 0 } text ? text.Split('\n')[0].Trim() : "nothing";

    private static TaskLockingException Unable(string reason, Exception? inner) => new(RefusalCode.StoreUnavailable,
        $"The second process of this test did not take the file: {reason}. Check that this program may start itself and may write to " +
            "the workspace.", inner);
}

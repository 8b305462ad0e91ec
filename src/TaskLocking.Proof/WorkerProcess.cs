using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using TaskLocking.SelfTest;

namespace TaskLocking.Proof;

/// <summary>A worker as its coordinator sees it. What it says is read on threads of its own; see <see cref="WorkerLine"/>.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int LongestComplaint = 4000;

    private readonly Process _process;
    private readonly StringBuilder _complaint = new();
    private readonly ManualResetEventSlim _isReady = new();
    private readonly bool _goesAtOnce;
    private long _operations;
    private long _refused;
    private volatile bool _isDone;
    private bool _isDisposed;

    private WorkerProcess(WorkerOrder order, Process process, bool goesAtOnce)
    {
        Order = order;
        _process = process;
        _goesAtOnce = goesAtOnce;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Complain(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public WorkerOrder Order { get; }

    public int Pid => _process.Id;

    public long Operations => Interlocked.Read(ref _operations);

    public long Refused => Interlocked.Read(ref _refused);

    public bool IsReady => _isReady.IsSet;

    public bool IsDone => _isDone;

    public bool HasExited => _process.HasExited;

    /// <summary>When it was killed, on the clock of the logs: it lived until then. Null if it was not.</summary>
    public long? KilledAt { get; private set; }

    /// <summary>What it did not end well with; null while it runs, after a good end and after a kill.</summary>
    public string? Fault => KilledAt is not null || !_process.HasExited || (_isDone && _process.ExitCode == 0) ? null
        : FormattableString.Invariant($"Worker {Order.Name} ended with exit code {_process.ExitCode}: {Complaint}");

    private string Complaint
    {
        get
        {
            lock (_complaint)
                return _complaint.Length == 0 ? "it said nothing" : _complaint.ToString().Trim();
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="order">What it is to do.</param>
    /// <param name="start">How the face starts it.</param>
    /// <param name="goesAtOnce">Whether it is let go as soon as it is ready.</param>
    /// <exception cref="TaskLockingException">StoreUnavailable: it does not start.</exception>
    public static WorkerProcess Start(WorkerOrder order, Func<System.Collections.Generic.IReadOnlyList<string>, ProcessStartInfo> start,
        bool goesAtOnce)
    {
        var info = start(order.ToArguments());
        try
        {
            return new WorkerProcess(order, ChildProcess.Start(info)!, goesAtOnce);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new TaskLockingException(RefusalCode.StoreUnavailable,
                $"A worker of the stress protocol does not start: '{info.FileName}': {exception.Message}. Check that this program may " +
                    "start itself.", exception);
        }
    }

    /// <summary>Waits until it stands at the gate; false after a while, or when it ended.</summary>
    public bool WaitReady(TimeSpan patience, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (!_isReady.Wait(50, cancellationToken))
        {
            if (_process.HasExited || waited.Elapsed > patience)
                return false;
        }
        return true;
    }

    public void Say(string words)
    {
        try
        {
            _process.StandardInput.Write(words + "\n");
            _process.StandardInput.Flush();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone; its log and its exit code tell.
        }
    }

    /// <summary>SIGKILL; returns when it is gone.</summary>
    public void Kill()
    {
        KilledAt = Stopwatch.GetTimestamp();
        KillSilently();
    }

    public bool WaitForExit(TimeSpan patience)
    {
        if (!_process.WaitForExit((int)patience.TotalMilliseconds))
            return false;
        _process.WaitForExit(); // Also for what it said last.
        return true;
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_process.HasExited)
            KillSilently();
        _process.Dispose();
    }

    private void KillSilently()
    {
        try
        {
            _process.Kill();
            _process.WaitForExit();
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself.
        }
    }

    private void Hear(string? words)
    {
        if (words is null)
            return;
        var parts = words.Trim('\uFEFF').Split(' ');
        if (parts[0] == WorkerLine.Ready)
        {
            _isReady.Set();
            if (_goesAtOnce)
                Say(WorkerLine.Go);
        }
        else if (parts[0] == WorkerLine.Done)
        {
            _isDone = true;
        }
        else if (parts.Length == 3 && parts[0] == WorkerLine.At)
        {
            Interlocked.Exchange(ref _operations, long.Parse(parts[1], CultureInfo.InvariantCulture));
            Interlocked.Exchange(ref _refused, long.Parse(parts[2], CultureInfo.InvariantCulture));
        }
    }

    private void Complain(string? words)
    {
        lock (_complaint)
        {
            if (words is not null && _complaint.Length < LongestComplaint)
                _complaint.Append(words).Append('\n');
        }
    }
}

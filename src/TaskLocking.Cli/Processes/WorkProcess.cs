using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Threading;

namespace TaskLocking.Cli.Processes;

/// <summary>
/// The command of a worker for one task, with all that it starts: what it writes is read by this process, and it ends with the task,
/// however that ends, and with this process, should that be killed. Start it, await its end, dispose it.
/// </summary>
internal abstract class WorkProcess : IDisposable
{
    // What it started and took out of the group may keep the pipes open; on a busy machine the last lines need their time.
    private static readonly TimeSpan AfterEnd = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly List<Thread> _readers = [];
    private Timer? _kill;
    private bool _isOver;

    /// <summary>Whether it was asked to end before it had.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>Starts a command on the system that this is.</summary>
    /// <param name="start">What to start.</param>
    /// <param name="write">Takes what it writes, from either stream; called on threads of its own.</param>
    /// <exception cref="Win32Exception">It does not start; the number is the system's.</exception>
    public static WorkProcess Start(WorkProcessStart start, Action<StandardKind, ReadOnlyMemory<byte>> write) =>
        OperatingSystem.IsWindows() ? WindowsWorkProcess.Start(start, write) : UnixWorkProcess.Start(start, write);

    /// <summary>Waits for its end, ends what it left running, and gives its exit code.</summary>
    public int AwaitEnd()
    {
        AwaitCommand();
        int exitCode;
        lock (_gate)
        {
            _isOver = true;
            exitCode = Conclude();
        }
        _kill?.Dispose();
        foreach (var reader in _readers)
            reader.Join(AfterEnd);
        return exitCode;
    }

    /// <summary>Asks it to end, and ends it with all that it started when the time is over. Waits for nothing.</summary>
    public void End(TimeSpan atMost)
    {
        lock (_gate)
        {
            if (_isOver)
                return;
            if (!IsAsked)
                Ask();
            IsAsked = true;
            _kill?.Dispose();
            _kill = new Timer(_ => EndNow(), null, atMost, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        if (!_isOver)
        {
            EndNow();
            AwaitEnd();
        }
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits until the command itself has ended; what it stands for stays until <see cref="Conclude"/>.</summary>
    protected abstract void AwaitCommand();

    /// <summary>Asks for the end. The command has not been concluded.</summary>
    protected abstract void Ask();

    /// <summary>Ends all of it at once. The command has not been concluded.</summary>
    protected abstract void Kill();

    /// <summary>Ends what is left of it, and gives the exit code of the command.</summary>
    protected abstract int Conclude();

    protected abstract void Dispose(bool disposing);

    /// <summary>Reads a stream to its end on a thread.</summary>
    protected void Read(Stream stream, StandardKind kind, Action<StandardKind, ReadOnlyMemory<byte>> write)
    {
        var reader = new Thread(() => ReadToEnd(stream, kind, write)) { IsBackground = true };
        _readers.Add(reader);
        reader.Start();
    }

    /// <summary>Writes on a thread and closes the stream; a command need not read.</summary>
    protected static void Feed(Stream stream, byte[] input) => new Thread(() =>
    {
        try
        {
            using (stream)
                stream.Write(input);
        }
        catch (IOException)
        {
            // It did not read, or not all.
        }
    })
    { IsBackground = true }.Start();

    private static void ReadToEnd(Stream stream, StandardKind kind, Action<StandardKind, ReadOnlyMemory<byte>> write)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (stream.Read(buffer) is > 0 and var count)
                write(kind, buffer.AsMemory(0, count));
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException)
        {
            // Nobody reads any more.
        }
        write(kind, default);
    }

    private void EndNow()
    {
        lock (_gate)
        {
            if (!_isOver)
                Kill();
        }
    }
}

using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Threading;

namespace TaskLocking.Stress;

/// <summary>
/// Two independent witnesses that nobody else is inside, in the files <c>{path}.marker</c> and <c>{path}.slot</c>. The marker is a file
/// that only one can make. The slot is shared memory: its first word is the pid of whoever is inside, its second a count that is read
/// and written back without any protection but the lock that is under test, so that a lost increment tells of an overlap afterwards.
/// </summary>
internal sealed unsafe class OverlapDetectors : IDisposable
{
    private readonly string _marker;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long* _words;

    public OverlapDetectors(string path)
    {
        _marker = path + ".marker";
        var stream = new FileStream(path + ".slot", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (stream.Length < 16)
            stream.SetLength(16);
        _file = MemoryMappedFile.CreateFromFile(stream, null, 16, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None,
            leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 16);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _words = (long*)start;
    }

    /// <summary>How often somebody else was inside.</summary>
    public int Overlaps { get; private set; }

    /// <summary>The count of all visits so far; right only if no two overlapped.</summary>
    public long Visits => Volatile.Read(ref _words[1]);

    /// <summary>Call right after the lock was taken; <see cref="Leave"/> right before it is let go.</summary>
    public void Enter()
    {
        var marked = true;
        try
        {
            new FileStream(_marker, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1).Dispose();
        }
        catch (IOException)
        {
            marked = false;
        }
        var inside = Interlocked.CompareExchange(ref _words[0], Environment.ProcessId, 0);
        if (!marked || inside != 0)
            Overlaps++;
        var visits = Volatile.Read(ref _words[1]);
        Thread.Yield();
        Volatile.Write(ref _words[1], visits + 1);
    }

    /// <summary>Clears both witnesses.</summary>
    public void Leave()
    {
        if (Interlocked.CompareExchange(ref _words[0], 0, Environment.ProcessId) != Environment.ProcessId)
            Overlaps++;
        File.Delete(_marker);
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}

using System;
using System.IO;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.Metrics;

/// <summary>
/// What all processes recorded, a line each time one of them tells. Written under a lock of its own, which no commit waits for. A file of
/// more than 1 MB becomes one line with the sums. Not durable: it is about the machine's day, not about the tasks.
/// </summary>
internal sealed class MetricsFile(StorePaths paths)
{
    private const int MostRows = 300;

    /// <summary>From this size on, in bytes, the lines are summed up.</summary>
    public const int CompactFrom = 1 << 20;

    /// <summary>Adds a line; false if others were at it all that time.</summary>
    /// <exception cref="TaskLockingException">What the system said.</exception>
    /// <exception cref="IOException">Likewise.</exception>
    public bool Append(byte[] line, TimeSpan patience)
    {
        using var turn = Take(patience);
        if (turn is null)
            return false;
        long length;
        using (var stream = StoreFile.TryOpen(paths.Metrics, FileAccess.ReadWrite)
            ?? StoreFile.Create(paths.Metrics, bound: paths.Document))
        {
            length = stream.Length;
            if (length > 0 && FileBytes.Read(stream, stream.SafeFileHandle, length - 1, 1) is not [(byte)'\n'])
                line = [(byte)'\n', .. line]; // Somebody was killed while he wrote.
            FileBytes.Write(stream, stream.SafeFileHandle, line, length);
        }
        if (length + line.Length > CompactFrom)
            FileBytes.Replace(FileBytes.WriteBeside(paths.Metrics, MetricLine.Write(Read().Largest(MostRows)), durable: false),
                paths.Metrics);
        return true;
    }

    /// <summary>The sum of all whole lines.</summary>
    /// <exception cref="TaskLockingException">What the system said.</exception>
    public MetricTable Read()
    {
        var sum = new MetricTable(int.MaxValue);
        var bytes = FileBytes.TryReadAll(paths.Metrics) ?? [];
        for (var start = 0; start < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            if (end < 0)
                break;
            if (MetricLine.Read(bytes.AsMemory(start, end - start)) is { } table)
                sum.Add(table);
            start = end + 1;
        }
        return sum;
    }

    /// <summary>Begins anew.</summary>
    /// <exception cref="TaskLockingException">LockTimeout, and what the system said.</exception>
    public void Clear()
    {
        if (!StoreFile.IsThere(paths.Metrics))
            return;
        using var turn = ExclusiveLock.Acquire(paths.MetricsLock, new LockOptions { IsThreadBound = false });
        try
        {
            File.Delete(paths.Metrics);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, paths.Metrics);
        }
    }

    private ExclusiveLock? Take(TimeSpan patience)
    {
        if (!Directory.Exists(paths.Folder))
            return null;
        try
        {
            return ExclusiveLock.Acquire(paths.MetricsLock, new LockOptions { Timeout = patience, IsThreadBound = false });
        }
        catch (TaskLockingException refused) when (refused.Refusal.Code == RefusalCode.LockTimeout)
        {
            return null;
        }
    }
}

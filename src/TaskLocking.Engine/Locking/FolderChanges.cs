using System;
using Microsoft.Win32.SafeHandles;

namespace TaskLocking.Locking;

/// <summary>
/// Wakes a waiter when something is written in folders, whoever writes it: inotify, by Linux alone. What it was, the waiter looks at.
/// </summary>
/// <remarks>
/// <para>Calling sequence: <see cref="TryOpen"/>, then look, so that nothing falls between; <see cref="Wait"/>, look again, and so on. One
/// thread at a time.</para>
/// <para>Failure modes: what other machines write, and what becomes of the folders themselves, wakes nobody: wait in pieces, and look after
/// each.</para>
/// </remarks>
internal sealed unsafe class FolderChanges : IDisposable
{
    private const uint Modified = 0x2;
    private const uint MovedTo = 0x80;
    private const uint Created = 0x100;

    private const int BufferSize = 4096;

    // Who writes faster than this is read is looked at all the same.
    private const int MostReads = 16;

    private readonly SafeFileHandle _queue;

    private FolderChanges(int descriptor) => _queue = new SafeFileHandle((IntPtr)descriptor, ownsHandle: true);

    /// <summary>Watches folders; null where that is not possible.</summary>
    public static FolderChanges? TryOpen(params string[] folders)
    {
        if (!LibC.IsLinux || LibC.OpenFolderEvents() is not (var descriptor and >= 0))
            return null;
        var changes = new FolderChanges(descriptor);
        foreach (var folder in folders)
        {
            if (LibC.AddFolderEvents(descriptor, folder, Modified | MovedTo | Created) >= 0)
                continue;
            changes.Dispose();
            return null;
        }
        return changes;
    }

    /// <summary>Waits until something was written since the last wait ended, or the time is over.</summary>
    /// <param name="atMost">The longest wait, less than a day.</param>
    public void Wait(TimeSpan atMost)
    {
        var descriptor = (int)_queue.DangerousGetHandle();
        if (!LibCProcess.AwaitReadable(descriptor, (int)Math.Ceiling(atMost.TotalMilliseconds)))
            return;
        var buffer = stackalloc byte[BufferSize];
        for (var reads = 0; reads < MostReads && LibC.Read(descriptor, buffer, BufferSize) > 0; reads++)
        {
        }
    }

    /// <summary>Gives the queue back. The kernel may take some milliseconds.</summary>
    public void Dispose() => _queue.Dispose();
}

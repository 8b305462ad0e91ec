using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace TaskLocking.Locking;

/// <summary>
/// A page of memory that the processes of one user on one machine share under a name: some numbers that they tell each other, a lock
/// that the system frees when its holder ends, and a way to sleep until somebody calls. Linux on x64 and arm64; elsewhere there is none.
/// </summary>
/// <remarks>
/// POSIX shared memory (shm_open(3)): it lasts until the machine starts anew or somebody removes the name; whoever has it open keeps it.
/// Nothing that must last or be true after a restart may depend on it. All bytes are 0 at first.
/// </remarks>
internal sealed unsafe class SharedPage : SafeHandle
{
    private const int Size = 4096;
    private const string Folder = "/dev/shm";

    // The killed leave theirs. Whoever has one open keeps it, so taking away one too many only parts a group.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly object _thread = new();
    private readonly string _name;
    private readonly int _descriptor;

    private SharedPage(string name, int descriptor, byte* address)
        : base(IntPtr.Zero, ownsHandle: true)
    {
        _name = name;
        _descriptor = descriptor;
        SetHandle((IntPtr)address);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == IntPtr.Zero;

    /// <summary>Opens the page, or makes it; null where that cannot be done, or where anybody else can get at it.</summary>
    /// <param name="name">Letters, digits, hyphens.</param>
    public static SharedPage? TryOpen(string name)
    {
        if (!LibCMemory.IsSupported)
            return null;
        var descriptor = LibCMemory.OpenShared("/" + name);
        if (descriptor < 0)
            return null;
        // Memory that is full must say so here: a page that cannot be had when it is touched would kill the process.
        if (IsPrivate(descriptor) && LibCMemory.Allocate(descriptor, Size) && LibCMemory.Map(descriptor, Size) is var address
            && address != null)
            return new SharedPage(name, descriptor, address);
        LibC.Close(descriptor);
        return null;
    }

    /// <summary>
    /// The number of eight bytes at an offset. Valid as long as the page is held by <see cref="SafeHandle.DangerousAddRef"/>.
    /// </summary>
    public ref long Long(int offset) => ref *(long*)((byte*)handle + offset);

    /// <summary>The number of four bytes at an offset, the same way.</summary>
    public ref int Int(int offset) => ref *(int*)((byte*)handle + offset);

    /// <summary>Takes away the pages of this user that nobody has made or opened for a day.</summary>
    /// <param name="prefix">What their names begin with.</param>
    public static void Sweep(string prefix)
    {
        try
        {
            var before = (DateTime.UtcNow - Kept - new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc)).Ticks;
            foreach (var path in Directory.EnumerateFiles(Folder, prefix + "*"))
            {
                if (FileFacts.At(path) is { } page && page.Owner == ProcessUser.Id && page.Stamp.Modified < before)
                    File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or there is no such folder: the next one goes on.
        }
    }

    /// <summary>Takes the page's lock if neither a thread of this process nor another process has it.</summary>
    public bool TryLock()
    {
        // Within a process the kernel's lock is one and the same for all threads.
        if (!Monitor.TryEnter(_thread))
            return false;
        if (LibC.TryLock(_descriptor) == 0)
            return true;
        Monitor.Exit(_thread);
        return false;
    }

    /// <summary>Lets go, on the thread that took it.</summary>
    public void Unlock()
    {
        _ = LibC.Release(_descriptor);
        Monitor.Exit(_thread);
    }

    /// <summary>Sleeps while the number at an offset is the expected one, at most so long; may wake for no reason.</summary>
    public void Sleep(int offset, int expected, TimeSpan longest) =>
        LibCMemory.FutexWait((int*)((byte*)handle + offset), expected, longest);

    /// <summary>Wakes whoever sleeps at an offset.</summary>
    public void Wake(int offset) => LibCMemory.FutexWake((int*)((byte*)handle + offset));

    /// <summary>Takes the name away. Who has the page open keeps it; who comes next gets a new one.</summary>
    public void Remove() => LibCMemory.RemoveShared("/" + _name);

    // A name in a folder that all may write to can have been made by anybody, and what somebody else can write there must decide nothing.
    private static bool IsPrivate(int descriptor) =>
        FileFacts.Of(descriptor) is { IsPlain: true, Names: 1 } file && file.Owner == ProcessUser.Id && (file.Rights & 0x3f) == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibCMemory.Unmap((byte*)handle, Size);
        LibC.Close(_descriptor);
        return true;
    }
}

using System;
using System.Buffers.Binary;
using System.IO;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// A process's place in <c>journal/flushing</c>, filled with the journal's number from before its line is appended until the disk has
/// confirmed it. A place that is filled while its process is gone tells that a flush may have failed without anybody left to say so.
/// </summary>
/// <remarks>
/// <para>Calling sequence: <see cref="Open"/>; <see cref="Fill"/>, <see cref="Clear"/>, again and again; <see cref="Fail"/> ends that.
/// Not thread-safe: the journal guards it.</para>
/// <para>Nothing here is flushed: after a crash of the system the journal is what the disk has of it, and there is no doubt about
/// that.</para>
/// <para>Failure modes: where the file cannot be used a killed process would leave no trace, so nobody may begin a flush there. On other
/// systems and on shares there is none.</para>
/// </remarks>
internal sealed class FlushSlot : IDisposable
{
    private const int Slots = 512;
    private const int Size = sizeof(long);

    private readonly FileStream _file;
    private readonly string _path;
    private int _slot = -1;

    private FlushSlot(FileStream file, string path) => (_file, _path) = (file, path);

    private int Descriptor => (int)_file.SafeFileHandle.DangerousGetHandle();

    /// <summary>Null where the system has none.</summary>
    /// <exception cref="TaskLockingException">UnsafeFile, and what the system said: the file cannot be used.</exception>
    public static FlushSlot? Open(StorePaths paths)
    {
        if (!LibCMemory.IsSupported || !LocalFileSystem.Has(paths.Journals))
            return null;
        if (StoreFile.TryOpen(paths.Flushing, FileAccess.ReadWrite) is { } there)
            return new FlushSlot(there, paths.Flushing);
        StoreFile.Ensure(paths.Flushing);
        return StoreFile.TryOpen(paths.Flushing, FileAccess.ReadWrite) is { } made ? new FlushSlot(made, paths.Flushing)
            : throw IoRefusal.Changing(paths.Flushing);
    }

    /// <summary>The same for who only looks, or has more to say than this; null also where the file cannot be used.</summary>
    public static FlushSlot? TryOpen(StorePaths paths)
    {
        try
        {
            return Open(paths);
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            return null;
        }
    }

    /// <summary>Tells that a flush of the journal is coming.</summary>
    /// <exception cref="TaskLockingException">What the system said: it is not told.</exception>
    public void Fill(long journal)
    {
        try
        {
            Put(journal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, _path);
        }
    }

    /// <summary>Tells that everything is confirmed.</summary>
    public void Clear() => TryPut(0);

    /// <summary>Tells that a flush of the journal has failed, for as long as the file is there.</summary>
    public void Fail(long journal) => TryPut(-journal);

    /// <summary>Whether a flush of the journal has failed.</summary>
    /// <param name="journal">Its number.</param>
    /// <param name="orLeft">Whether to ask, too, if a process is gone in the middle of one.</param>
    public bool FindsFailure(long journal, bool orLeft)
    {
        try
        {
            var numbers = ReadAll();
            for (var slot = 0; slot < numbers.Length / Size; slot++)
            {
                var number = NumberAt(numbers, slot);
                if (number == -journal || (orLeft && number == journal && slot != _slot && IsLeft(slot, journal)))
                    return true;
            }
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
        return false;
    }

    /// <summary>Leaves in the slot what stands there.</summary>
    public void Dispose() => _file.Dispose();

    // Who ends in order clears his slot and then lets it go, and another may take it: only what is still so after a second look is so.
    private bool IsLeft(int slot, long journal) => IsFree(slot) && NumberAt(ReadAll(), slot) == journal && IsFree(slot);

    private bool IsFree(int slot) => ByteLock.IsTaken(Descriptor, slot * Size) == false;

    private void Put(long number)
    {
        if (_slot < 0 && (number == 0 || !TryTake(number < 0 ? -number : number)))
            return;
        var bytes = new byte[Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        FileBytes.Write(_file, _file.SafeFileHandle, bytes, _slot * Size);
    }

    private void TryPut(long number)
    {
        try
        {
            Put(number);
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }

    // What killed processes left about this journal is not to be written over.
    private bool TryTake(long journal)
    {
        var numbers = ReadAll();
        for (int tries = 0, slot = ProcessIdentity.Pid % Slots; tries < Slots; tries++, slot = (slot + 1) % Slots)
        {
            var number = NumberAt(numbers, slot);
            if (number == journal || number == -journal || !ByteLock.TryTake(Descriptor, slot * Size))
                continue;
            _slot = slot;
            return true;
        }
        return false;
    }

    private byte[] ReadAll() => FileBytes.Read(_file, _file.SafeFileHandle, 0, Slots * Size);

    private static long NumberAt(byte[] numbers, int slot) =>
        (slot + 1) * Size <= numbers.Length ? BinaryPrimitives.ReadInt64LittleEndian(numbers.AsSpan(slot * Size)) : 0;

    private static bool IsHarmless(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or TaskLockingException;
}

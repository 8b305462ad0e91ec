using System;
using System.IO;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using TaskLocking.Faults;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// Brings a journal to the disk, and knows whether that can still be believed. A flush that fails ends the journal for everybody: a later
/// one that succeeds proves nothing, since the system may have given up what it could not write.
/// </summary>
/// <remarks>
/// <para>Calling sequence: <see cref="Announce"/> before a line is written, <see cref="Appended"/> behind it, <see cref="Flush(long,
/// long)"/>; when nothing is coming for a while <see cref="Settle"/>. Thread-safe.</para>
/// <para>Failure modes: who sees a flush fail leaves word of it, <see cref="Fail"/>; who is gone before he could has left his announcement.
/// <see cref="HasEnded"/> finds both.</para>
/// </remarks>
internal sealed class JournalFlush(StorePaths paths, long sequence, FileStream stream, FileStamp? identity) : IDisposable
{
    private readonly SafeFileHandle _handle = stream.SafeFileHandle; // The stream seeks whenever it is asked for it.
    private readonly string _path = paths.Journal(sequence);
    private readonly object _disk = new(); // One thread flushes: of several at once on one descriptor the system tells one that it failed.
    private readonly object _notes = new(); // Held for moments only; guards what follows.
    private FlushSlot? _slot;
    private long _appended; // where the last line of this process ends
    private long _flushed; // Every line of this process before this offset is on the disk, and what stands before it.
    private bool _isAnnounced;
    private bool _isInDoubt;
    private bool _hasLookedForLeft;
    private volatile bool _isMoved;
    private volatile bool _hasFailed;
    private volatile bool _hasLeftWord;
    private Action? _flushAll;
    private FlushGroup? _group;
    private bool _isAlone;

    /// <summary>Whether a flush is known to have failed; costs nothing.</summary>
    public bool HasFailed => (_hasFailed || _group is { HasFailed: true }) && !PlantedBug.GoOnAfterFailedFlush;

    /// <summary>Whether its name meant another file, or none, when this process flushed it last; costs nothing.</summary>
    public bool IsMoved => _isMoved;

    /// <summary>Whether this process has brought all that stands before a place to the disk; costs nothing.</summary>
    public bool HasFlushed(long end)
    {
        lock (_notes)
            return _flushed >= end;
    }

    /// <summary>
    /// Tells others that a flush is coming, so that they know what it means if this process is gone before it has confirmed it.
    /// </summary>
    /// <exception cref="TaskLockingException">It cannot be told, so nothing may be written that would be flushed.</exception>
    public void Announce()
    {
        lock (_notes)
        {
            if (_isAnnounced || !stream.CanWrite)
                return;
            _slot ??= FlushSlot.Open(paths);
            _slot?.Fill(sequence);
            _isAnnounced = true;
        }
    }

    /// <summary>Takes that back, if everything that this process has written is on the disk.</summary>
    public void Settle()
    {
        lock (_notes)
        {
            if (!_isAnnounced || _hasLeftWord || _flushed < _appended)
                return;
            _slot?.Clear();
            _isAnnounced = false;
        }
    }

    /// <summary>Tells, under the state lock, where a line was put.</summary>
    public void Appended(long start, long end)
    {
        lock (_notes)
        {
            // Where somebody cut the file, what was flushed there is not what stands there now.
            _flushed = Math.Min(_flushed, start);
            _appended = end;
        }
        _group?.Append(start, end);
    }

    /// <summary>Makes everything written so far durable, by whichever process.</summary>
    /// <exception cref="IOException">It may or may not be, and the journal has ended.</exception>
    public void Flush() => FlushTo(long.MaxValue);

    /// <summary>Makes a line durable, together with those of other processes that wait for the same.</summary>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <exception cref="IOException">It may or may not be, and the journal has ended.</exception>
    public void Flush(long start, long end)
    {
        if (_group is not { } group || !stream.CanWrite)
        {
            FlushTo(end);
            return;
        }
        group.Flush(start, end, _flushAll ??= Flush);
        lock (_notes)
            _flushed = Math.Max(_flushed, end);
        // A leader has failed, or is gone: those must know it, too, that are in no group. This line is on the disk by a flush of its own.
        if (!_hasLeftWord && group.HasFailed)
            LeaveWord();
    }

    /// <summary>Flushes what other threads have announced and not flushed yet; they learn what became of it.</summary>
    public void FlushPending()
    {
        try
        {
            if (_isAnnounced)
                FlushTo(Volatile.Read(ref _appended));
        }
        catch (IOException exception)
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }

    /// <summary>
    /// The journal has ended, and the next writer, whoever that is, begins another. Left for others in the folder, or, where nothing can be
    /// written there any more, in the slot and the group.
    /// </summary>
    public void Fail()
    {
        if (PlantedBug.GoOnAfterFailedFlush)
            return;
        _hasFailed = true;
        LeaveWord();
    }

    /// <summary>Whether nobody may append any more, by whomever that was found.</summary>
    public bool HasEnded() => HasFailed || FindsFailure() || FileStamp.Of(paths.Ended(sequence)) is not null;

    /// <inheritdoc cref="JournalFile.JoinGroup"/>
    public void JoinGroup(string epoch)
    {
        if (_group is not null || _isAlone || identity is not { } opened)
            return;
        _group = FlushGroup.TryJoin(epoch, sequence, opened);
        _isAlone = _group is null;
    }

    /// <inheritdoc cref="JournalFile.EndGroup"/>
    public void EndGroup() => _group?.Close();

    /// <summary>Ends it; what is not confirmed by then stays announced.</summary>
    public void Dispose()
    {
        Settle();
        _group?.Dispose();
        lock (_notes)
        {
            _slot?.Dispose();
            _slot = null;
            _isAnnounced = false;
        }
    }

    private void LeaveWord()
    {
        _hasLeftWord = true;
        lock (_notes)
        {
            _slot ??= stream.CanWrite ? FlushSlot.TryOpen(paths) : null;
            _slot?.Fail(sequence);
        }
        _group?.Fail();
        try
        {
            // In another folder that took the place of this one the number is another journal's.
            if (FileStamp.Of(paths.Journal(sequence)) is { } named && (identity is null || named.IsSameFile(identity.Value)))
                StoreFile.Ensure(paths.Ended(sequence));
        }
        catch (Exception exception) when (exception is TaskLockingException or IOException or UnauthorizedAccessException)
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }

    private void FlushTo(long end)
    {
        if (!stream.CanWrite)
            return;
        lock (_disk)
        {
            long coming;
            lock (_notes)
            {
                if (_flushed >= end)
                    return;
                coming = _appended;
            }
            if (_hasFailed)
                throw new IOException("An earlier flush of it has failed.");
            try
            {
                if (Failpoint.Fails("journal.flush", sequence))
                    throw new IOException("Planted.");
                FileBytes.Flush(stream, _handle);
            }
            catch (IOException)
            {
                Fail();
                throw;
            }
            // One look a flush, for all whose lines it brings to the disk; of other processes each then looks for himself.
            _isMoved = identity is { } opened && !(FileStamp.Of(_path) is { } named && named.IsSameFile(opened));
            if (_isMoved)
                _group?.Fail();
            lock (_notes)
                _flushed = Math.Max(_flushed, coming);
        }
    }

    private bool FindsFailure()
    {
        lock (_notes)
        {
            if (stream.CanWrite)
                _slot ??= FlushSlot.TryOpen(paths);
            // Who is gone from now on has told nobody either, but what he would have been told, this descriptor is told, too.
            _isInDoubt |= _slot?.FindsFailure(sequence, orLeft: !_hasLookedForLeft) == true;
            _hasLookedForLeft = true;
            return _isInDoubt;
        }
    }
}

using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using TaskLocking.Faults;
using TaskLocking.Locking;
using TaskLocking.Todo2;
using TaskLocking.Workspaces;

namespace TaskLocking.FileStore;

/// <summary>
/// One journal: a header line, a line a commit, at last a seal that names the next journal. Read at any time; written at the tail that
/// was verified under the state lock, never with <c>FileMode.Append</c>, whose position is a guess of the process.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    /// <summary>The most bytes that <see cref="ReadSome"/> gives.</summary>
    public const int SomeLines = 16 << 10;

    private const int LongestHeader = 512;
    private const int Tries = 9;

    private readonly StorePaths _paths;
    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;
    private readonly FileStamp? _identity;
    private readonly JournalFlush _flush;
    private byte[]? _some;

    private JournalFile(StorePaths paths, string path, FileStream stream, long sequence)
    {
        _paths = paths;
        Path = path;
        _stream = stream;
        Sequence = sequence;
        _handle = stream.SafeFileHandle; // The stream seeks whenever it is asked for it.
        _identity = FileStamp.Of(_handle);
        // Everybody reads what others write: the file would be marked as read, and with it changed, all the time.
        if (LibC.IsLinux)
            LibC.KeepAccessTime((int)_handle.DangerousGetHandle());
        _flush = new JournalFlush(paths, sequence, stream, _identity);
    }

    public long Sequence { get; }

    public string Path { get; }

    /// <summary>What its first line tells.</summary>
    public JournalHeader Header { get; private set; } = JournalHeader.None;

    /// <summary>The identity of the history that the journal belongs to.</summary>
    public string Epoch => Header.Epoch;

    /// <summary>Where the first line begins.</summary>
    public long HeaderEnd => Header.End;

    /// <summary>Whether the file is not the one that was begun, but a copy that somebody made or put back.</summary>
    public bool IsCopy => _identity is { } opened && !Header.IsOf(opened);

    /// <summary>Whether another has taken its place, so that only older documents lead here.</summary>
    public bool IsRetired => Path == _paths.Ended(Sequence);

    /// <summary>Whether its file now has the name of one whose place another has taken: what stands in it went over to that one.</summary>
    public bool HasGotLastName => FileStamp.Of(_paths.Ended(Sequence)) is { } named && _identity is { } opened && named.IsSameFile(opened);

    /// <summary>Whether a flush of it is known to have failed; costs nothing.</summary>
    public bool HasFailed => _flush.HasFailed;

    /// <inheritdoc cref="JournalFlush.IsMoved"/>
    public bool IsMoved => _flush.IsMoved;

    /// <inheritdoc cref="JournalFlush.HasFlushed"/>
    public bool HasFlushed(long end) => _flush.HasFlushed(end);

    /// <summary>False where the process may only read.</summary>
    public bool CanWrite => _stream.CanWrite;

    /// <summary>The journal with this number, or null if there is none whose header is whole.</summary>
    public static JournalFile? Open(StorePaths paths, long sequence)
    {
        var path = paths.Journal(sequence);
        if ((TryOpen(path) ?? TryOpen(path = paths.Ended(sequence))) is not { } stream)
            return null;
        var journal = new JournalFile(paths, path, stream, sequence);
        var first = journal.Read(0, LongestHeader);
        if (JournalHeader.Parse(first) is { } header && header.Sequence == sequence)
        {
            journal.Header = header;
            return journal;
        }
        journal.Dispose();
        return null;
    }

    /// <summary>Makes a new journal, durable with its name before it is returned.</summary>
    /// <param name="paths">Where.</param>
    /// <param name="last">The number that its own is to be above.</param>
    /// <param name="epoch">Its history.</param>
    /// <param name="baseVersion">The version that it goes on from.</param>
    /// <param name="beginsEmpty">Whether that is an empty document.</param>
    public static JournalFile Create(StorePaths paths, long last, string epoch, long baseVersion, bool beginsEmpty)
    {
        var sequence = JournalNames.Next(paths.Journals, last);
        // Whoever makes a checkpoint makes his without the state lock.
        for (var left = Tries; !TryCreate(paths, sequence, epoch, baseVersion, beginsEmpty); sequence++, left--)
        {
            if (left == 0)
                throw IoRefusal.Changing(paths.Journal(sequence));
        }
        return Open(paths, sequence) ?? throw new TaskLockingException(
            RefusalCode.StoreUnavailable, $"The new journal '{paths.Journal(sequence)}' cannot be read back.");
    }

    private static bool TryCreate(StorePaths paths, long sequence, string epoch, long baseVersion, bool beginsEmpty)
    {
        var path = paths.Journal(sequence);
        FileStream made;
        try
        {
            made = StoreFile.Create(path, bound: paths.Document);
        }
        catch (IOException) when (StoreFile.IsThere(path))
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, path);
        }
        try
        {
            using (made)
            {
                var identity = LocalFileSystem.Has(paths.Journals) ? FileStamp.Of(made.SafeFileHandle) : null;
                var header = JournalHeader.Line(sequence, epoch, baseVersion, beginsEmpty, identity);
                FileBytes.Write(made, made.SafeFileHandle, header.Written, 0);
                FileBytes.Flush(made, made.SafeFileHandle);
            }
            PlatformFile.FlushFolder(paths.Journals);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TaskLockingException)
        {
            FileBytes.TryDelete(path);
            throw IoRefusal.From(exception, path);
        }
    }

    /// <summary>The length now, or -1 if the name means another file or none.</summary>
    public long LengthIfAtPath() =>
        FileStamp.Of(Path) is { } named && (_identity is null || named.IsSameFile(_identity.Value)) ? named.Length : -1;

    /// <summary>Whether the line that ends at the mark's offset is the one that the mark names.</summary>
    public bool LeadsTo(DocumentMark mark)
    {
        if (Epoch != mark.Epoch || mark.Offset < HeaderEnd || LengthIfAtPath() < mark.Offset)
            return false;
        var end = Read(mark.Offset - JournalLine.TailLength, mark.Offset);
        return (end.Length == JournalLine.TailLength && JournalLine.IsTail(end, mark.Chain)) || GoesOnFrom(mark);
    }

    // The line that the mark names may be damaged, and nobody needs it any more: the next one is chained to it as well.
    private bool GoesOnFrom(DocumentMark mark)
    {
        var chain = mark.Chain;
        return JournalLine.Verify(ReadLine(mark.Offset), ref chain);
    }

    /// <summary>The bytes from an offset to a length that was seen; fewer if the file has become shorter.</summary>
    public byte[] Read(long offset, long length)
    {
        try
        {
            return FileBytes.Read(_stream, _handle, offset, (int)Math.Min(length - offset, int.MaxValue / 2));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, Path);
        }
    }

    /// <summary>The line that begins at an offset, with its line feed; empty where there is none.</summary>
    public byte[] ReadLine(long offset)
    {
        var length = LengthIfAtPath();
        for (long size = SomeLines; ; size *= 8)
        {
            var bytes = Read(offset, Math.Min(length, offset + size));
            if (Array.IndexOf(bytes, (byte)'\n') is var end and >= 0)
                return bytes.AsSpan(0, end + 1).ToArray();
            if (offset + size >= length || bytes.Length < size)
                return [];
        }
    }

    /// <summary>
    /// What the open file has from an offset on, at most some lines of it; whether its name still means it is not looked at. Good until
    /// the next call.
    /// </summary>
    public ReadOnlyMemory<byte> ReadSome(long offset)
    {
        _some ??= new byte[SomeLines];
        return _some.AsMemory(0, FileBytes.Read(_stream, _handle, _some, offset));
    }

    /// <inheritdoc cref="JournalFlush.Announce"/>
    public void Announce() => _flush.Announce();

    /// <inheritdoc cref="JournalFlush.Settle"/>
    public void Settle() => _flush.Settle();

    /// <summary>Writes a line at the tail. What was written of it when the disk ran full is cut off again.</summary>
    /// <exception cref="TaskLockingException">What the system said; nothing is changed.</exception>
    public void Append(ReadOnlySpan<byte> line, long offset)
    {
        try
        {
            FileBytes.Write(_stream, _handle, line, offset);
            _flush.Appended(offset, offset + line.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            try
            {
                if (_stream.CanWrite && !Failpoint.Fails("disk.cut"))
                    FileBytes.SetLength(_stream, offset);
            }
            catch (IOException)
            {
                // The next writer finds the torn end by its checksum and cuts it.
            }
            throw Refused(exception);
        }
    }

    /// <summary>Writes nothing, the way a line is written; what becomes of that the line will tell.</summary>
    public void Rehearse()
    {
        try
        {
            if (_stream.CanWrite)
                FileBytes.Write(_stream, _handle, default, 0);
        }
        catch (IOException exception)
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }

    /// <summary>Cuts everything from an offset on, for good.</summary>
    /// <exception cref="TaskLockingException">What the system said.</exception>
    public void Cut(long offset)
    {
        try
        {
            if (Failpoint.Fails("disk.cut"))
                throw new IOException("Planted.");
            FileBytes.SetLength(_stream, offset);
            Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Refused(exception);
        }
    }

    /// <inheritdoc cref="JournalFlush.Flush()"/>
    public void Flush() => _flush.Flush();

    /// <inheritdoc cref="JournalFlush.Flush(long, long)"/>
    public void Flush(long start, long end) => _flush.Flush(start, end);

    /// <inheritdoc cref="JournalFlush.FlushPending"/>
    public void FlushPending() => _flush.FlushPending();

    /// <inheritdoc cref="JournalFlush.Fail"/>
    public void Fail() => _flush.Fail();

    /// <inheritdoc cref="JournalFlush.HasEnded"/>
    public bool HasEnded() => _flush.HasEnded();

    /// <summary>Flushes together with others from now on, where that can be done. Called where others are seen to write too.</summary>
    public void JoinGroup() => _flush.JoinGroup(Epoch);

    /// <summary>The journal is sealed and flushed: nobody will wait for it any more.</summary>
    public void EndGroup() => _flush.EndGroup();

    public void Dispose()
    {
        _flush.Dispose();
        _stream.Dispose();
    }

    // A file that may only be read says so in a way of its own.
    private TaskLockingException Refused(Exception exception) => IoRefusal.From(
        exception is NotSupportedException ? new UnauthorizedAccessException(exception.Message, exception) : exception, Path);

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return StoreFile.TryOpen(path, FileAccess.ReadWrite);
        }
        catch (TaskLockingException refused) when (refused.Refusal.Code is RefusalCode.AccessDenied or RefusalCode.ReadOnlyFileSystem)
        {
            // Whoever may only read, reads; an append fails by its own name.
            return StoreFile.TryOpen(path, FileAccess.Read);
        }
    }
}

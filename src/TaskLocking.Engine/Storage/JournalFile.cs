using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using TaskLocking.Diagnostics;
using TaskLocking.Locking;

namespace TaskLocking.Storage;

/// <summary>
/// One journal: a header line, a line a commit, at last a seal that names the next journal. Read at any time; written at the tail that
/// was verified under the state lock, never with <c>FileMode.Append</c>, whose position is a guess of the process.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    /// <summary>The most bytes that <see cref="ReadSome"/> gives.</summary>
    public const int SomeLines = 16 << 10;

    private const int LongestHeader = 512;

    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly FileStamp? _identity;
    private readonly Action _flush;
    private byte[]? _some;
    private FlushGroup? _group;
    private bool _isAlone;

    private JournalFile(string path, FileStream stream, long sequence)
    {
        _path = path;
        _stream = stream;
        Sequence = sequence;
        _handle = stream.SafeFileHandle; // The stream seeks whenever it is asked for it.
        _identity = FileStamp.Of(_handle);
        // Everybody reads what others write: the file would be marked as read, and with it changed, all the time.
        if (LibC.IsLinux)
            LibC.KeepAccessTime((int)_handle.DangerousGetHandle());
        _flush = Flush;
    }

    public long Sequence { get; }

    /// <summary>The identity of the history that the journal belongs to.</summary>
    public string Epoch { get; private set; } = "";

    /// <summary>Whether the history begins here, with an empty document.</summary>
    public bool BeginsEmpty { get; private set; }

    public long HeaderEnd { get; private set; }

    /// <summary>The checksum that the first line starts from.</summary>
    public uint HeaderChain { get; private set; }

    public string Path => _path;

    /// <summary>The journal with this number, or null if there is none whose header is whole.</summary>
    public static JournalFile? Open(StorePaths paths, long sequence)
    {
        var path = paths.Journal(sequence);
        FileStream? stream;
        try
        {
            stream = StoreFile.TryOpen(path, FileAccess.ReadWrite);
        }
        catch (TaskLockingException refused) when (refused.Refusal.Code is RefusalCode.AccessDenied or RefusalCode.ReadOnlyFileSystem)
        {
            // Whoever may only read, reads; an append fails by its own name.
            stream = StoreFile.TryOpen(path, FileAccess.Read);
        }
        if (stream is null)
            return null;
        var journal = new JournalFile(path, stream, sequence);
        if (journal.ReadHeader())
            return journal;
        journal.Dispose();
        return null;
    }

    /// <summary>False where the process may only read.</summary>
    public bool CanWrite => _stream.CanWrite;

    /// <summary>Makes a new journal, durable with its name before it is returned.</summary>
    public static JournalFile Create(StorePaths paths, long sequence, string epoch, long baseVersion, bool beginsEmpty)
    {
        var path = paths.Journal(sequence);
        var line = new ByteBuffer(160);
        line.Write($"{{\"journal\":1,\"sequence\":{sequence},\"epoch\":\"{epoch}\",\"base\":{baseVersion},\"empty\":{(beginsEmpty ? 1 : 0)}");
        JournalLine.Seal(line, 0);
        try
        {
            using (var stream = StoreFile.Create(path, bound: paths.Document))
            {
                FileBytes.Write(stream, stream.SafeFileHandle, line.Written, 0);
                FileBytes.Flush(stream, stream.SafeFileHandle);
            }
            PlatformFile.FlushFolder(paths.Journals);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IoRefusal.From(exception, path);
        }
        return Open(paths, sequence) ?? throw new TaskLockingException(RefusalCode.StoreUnavailable, $"The new journal '{path}' cannot be read back.");
    }

    /// <summary>The length now, or -1 if the name means another file or none.</summary>
    public long LengthIfAtPath() =>
        FileStamp.Of(_path) is { } named && (_identity is null || named.IsSameFile(_identity.Value)) ? named.Length : -1;

    /// <summary>Whether the line that ends at the mark's offset is the one that the mark names.</summary>
    public bool LeadsTo(DocumentMark mark)
    {
        if (Epoch != mark.Epoch || mark.Offset < HeaderEnd || LengthIfAtPath() < mark.Offset)
            return false;
        var end = Read(mark.Offset - JournalLine.TailLength, mark.Offset);
        return (JournalLine.TryReadHex(end.AsSpan(6, 8), out var chain) && chain == mark.Chain && end[^1] == '\n') || GoesOnFrom(mark);
    }

    // The line that the mark names may be damaged, and nobody needs it any more: the next one is chained to it as well.
    private bool GoesOnFrom(DocumentMark mark)
    {
        var chain = mark.Chain;
        var rest = Read(mark.Offset, LengthIfAtPath());
        return JournalLine.Verify(rest.AsSpan(0, Array.IndexOf(rest, (byte)'\n') + 1), ref chain);
    }

    /// <summary>The bytes from an offset to a length that was seen; fewer if the file has become shorter.</summary>
    public byte[] Read(long offset, long length) => FileBytes.Read(_stream, _handle, offset, (int)(length - offset));

    /// <summary>
    /// What the open file has from an offset on, at most some lines of it; whether its name still means it is not looked at. Good until
    /// the next call.
    /// </summary>
    public ReadOnlyMemory<byte> ReadSome(long offset)
    {
        _some ??= new byte[SomeLines];
        return _some.AsMemory(0, FileBytes.Read(_stream, _handle, _some, offset));
    }

    /// <summary>Writes a line at the tail. What was written of it when the disk ran full is cut off again.</summary>
    /// <exception cref="TaskLockingException">What the system said; nothing is changed.</exception>
    public void Append(ReadOnlySpan<byte> line, long offset)
    {
        try
        {
            FileBytes.Write(_stream, _handle, line, offset);
            _group?.Append(offset, offset + line.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            try
            {
                if (_stream.CanWrite)
                    _stream.SetLength(offset);
            }
            catch (IOException)
            {
                // The next writer finds the torn end by its checksum and cuts it.
            }
            throw exception is NotSupportedException ? IoRefusal.From(new UnauthorizedAccessException(exception.Message, exception), _path) : IoRefusal.From(exception, _path);
        }
    }

    /// <summary>Writes nothing, the way a line is written.</summary>
    public void Rehearse()
    {
        if (_stream.CanWrite)
            FileBytes.Write(_stream, _handle, default, 0);
    }

    /// <summary>Cuts everything from an offset on.</summary>
    public void Cut(long offset) => _stream.SetLength(offset);

    /// <summary>Makes everything written so far durable, by whichever process.</summary>
    /// <exception cref="IOException">It may or may not be.</exception>
    public void Flush()
    {
        if (_stream.CanWrite)
            FileBytes.Flush(_stream, _handle);
    }

    /// <summary>Makes a line durable, together with those of other processes that wait for the same.</summary>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <exception cref="IOException">It may or may not be.</exception>
    public void Flush(long start, long end)
    {
        if (_group is { } group && _stream.CanWrite)
            group.Flush(start, end, _flush);
        else
            Flush();
    }

    /// <summary>Flushes together with others from now on, where that can be done. Called where others are seen to write too.</summary>
    public void JoinGroup()
    {
        if (_group is not null || _isAlone || _identity is not { } opened)
            return;
        _group = FlushGroup.TryJoin(Epoch, Sequence, opened);
        _isAlone = _group is null;
    }

    /// <summary>The journal is sealed and flushed: nobody will wait for it any more.</summary>
    public void EndGroup() => _group?.Close();

    public void Dispose()
    {
        _group?.Dispose();
        _stream.Dispose();
    }

    private bool ReadHeader()
    {
        var bytes = Read(0, LongestHeader);
        var end = bytes.AsSpan().IndexOf((byte)'\n') + 1;
        uint chain = 0;
        if (end <= 0 || !JournalLine.Verify(bytes.AsSpan(0, end), ref chain))
            return false;
        var header = bytes.AsSpan(0, end);
        if (JournalLine.Text(header, "epoch"u8) is not { } epoch || JournalLine.Number(header, "sequence"u8) != Sequence)
            return false;
        Epoch = epoch;
        BeginsEmpty = JournalLine.Number(header, "empty"u8) == 1;
        HeaderEnd = end;
        HeaderChain = chain;
        return true;
    }
}

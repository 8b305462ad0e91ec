using System;
using System.IO;
using TaskLocking.Todo2;

namespace TaskLocking.FileStore;

/// <summary>Reads the whole lines of a journal one after the other, by a handle of its own: whatever becomes of its name.</summary>
/// <param name="journal">The journal; owned from now on.</param>
/// <param name="offset">Where the first of them begins.</param>
/// <param name="chain">The checksum that it starts from.</param>
internal sealed class JournalCursor(JournalFile journal, long offset, uint chain) : IDisposable
{
    private const int Piece = 64 << 10;
    private const int LongestLine = 1 << 30;

    private byte[] _bytes = [];
    private int _at;

    /// <summary>Before the first line of a journal.</summary>
    public JournalCursor(JournalFile journal)
        : this(journal, journal.HeaderEnd, journal.Header.Chain)
    {
    }

    public JournalFile Journal => journal;

    public long Offset { get; private set; } = offset;

    public uint Chain { get; private set; } = chain;

    /// <summary>The number of the journal that the seal behind the last line names; null where none was met.</summary>
    public long? SealNames { get; private set; }

    /// <summary>
    /// The next line, with its line feed, good until the next call; false at the seal, at the end, and before what is not whole (yet).
    /// </summary>
    public bool TryNext(out ReadOnlyMemory<byte> line)
    {
        line = default;
        if (SealNames is not null || (!TryTake(out line) && !(TryRead() && TryTake(out line))))
            return false;
        var checksum = Chain;
        if (!JournalLine.Verify(line.Span, ref checksum))
        {
            Forget();
            return false;
        }
        if (line.Span.StartsWith("{\"seal\":"u8))
        {
            SealNames = JournalLine.Number(line.Span, "seal"u8) ?? 0;
            return false;
        }
        (Offset, Chain) = (Offset + line.Length, checksum);
        _at += line.Length;
        return true;
    }

    /// <summary>Goes back to a place where it was.</summary>
    public void Rewind(long offset, uint chain)
    {
        (Offset, Chain, SealNames) = (offset, chain, null);
        Forget();
    }

    /// <summary>Whether the last line that was read still ends where it did.</summary>
    public bool EndsAsRead() => journal.Read(Offset - JournalLine.TailLength, Offset) is { Length: JournalLine.TailLength } tail
        && JournalLine.IsTail(tail, Chain);

    /// <summary>
    /// Sees to it that all that was read lasts; false where the disk does not say so, and no other journal has taken it over.
    /// </summary>
    public bool MakeSure()
    {
        try
        {
            journal.Flush(journal.HeaderEnd, Offset);
            return true;
        }
        catch (IOException)
        {
            return journal.HasGotLastName;
        }
    }

    public void Dispose() => journal.Dispose();

    private bool TryTake(out ReadOnlyMemory<byte> line)
    {
        var end = Array.IndexOf(_bytes, (byte)'\n', _at) + 1;
        line = end > 0 ? _bytes.AsMemory(_at, end - _at) : default;
        return end > 0;
    }

    // From the offset on; more where a line is longer than what is read at once.
    private bool TryRead()
    {
        for (var size = Piece; ; size *= 4)
        {
            (_bytes, _at) = (journal.Read(Offset, Offset + size), 0);
            if (Array.IndexOf(_bytes, (byte)'\n') >= 0)
                return true;
            if (_bytes.Length < size || size >= LongestLine)
            {
                Forget();
                return false;
            }
        }
    }

    private void Forget() => (_bytes, _at) = ([], 0);
}

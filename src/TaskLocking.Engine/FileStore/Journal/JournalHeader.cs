using System;
using System.Globalization;
using TaskLocking.Locking;
using TaskLocking.Model;
using TaskLocking.Todo2;

namespace TaskLocking.FileStore;

/// <summary>The first line of a journal.</summary>
/// <param name="Sequence">The journal's number.</param>
/// <param name="Epoch">The identity of the history that it belongs to.</param>
/// <param name="Base">The version that it goes on from, unless there were more before the one before it was sealed.</param>
/// <param name="BeginsEmpty">Whether the history begins here, with an empty document.</param>
/// <param name="Identity">The file that was begun; null where that was not told, or would change.</param>
/// <param name="End">Where the first line begins.</param>
/// <param name="Chain">The checksum that the first line starts from.</param>
internal sealed record JournalHeader(long Sequence, string Epoch, long Base, bool BeginsEmpty, string? Identity, long End, uint Chain)
{
    public static JournalHeader None { get; } = new(0, "", 0, BeginsEmpty: false, null, 0, 0);

    /// <summary>The line that begins a journal.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="epoch">Its history.</param>
    /// <param name="baseVersion">The version that it goes on from.</param>
    /// <param name="beginsEmpty">Whether that is an empty document.</param>
    /// <param name="file">The file that the line is written to; null where that does not stay the same.</param>
    public static ByteBuffer Line(long sequence, string epoch, long baseVersion, bool beginsEmpty, FileStamp? file)
    {
        var line = new ByteBuffer(224);
        line.Write($"{{\"journal\":1,\"sequence\":{sequence},\"epoch\":\"{epoch}\"");
        line.Write($",\"base\":{baseVersion},\"empty\":{(beginsEmpty ? 1 : 0)}");
        if (file is { } known)
            line.Write($",\"file\":\"{known.Inode:x}-{known.Created:x}\"");
        JournalLine.Seal(line, 0);
        return line;
    }

    /// <summary>Null if the bytes do not begin with a whole header.</summary>
    public static JournalHeader? Parse(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n') + 1;
        uint chain = 0;
        if (end <= 0 || !JournalLine.Verify(bytes[..end], ref chain))
            return null;
        var line = bytes[..end];
        if (JournalLine.Text(line, "epoch"u8) is not { } epoch || JournalLine.Number(line, "sequence"u8) is not { } sequence)
            return null;
        var (version, isEmpty) = (JournalLine.Number(line, "base"u8) ?? -1, JournalLine.Number(line, "empty"u8) == 1);
        return new JournalHeader(sequence, epoch, version, isEmpty, JournalLine.Text(line, "file"u8), end, chain);
    }

    /// <summary>
    /// Whether the header was written into this file. A move and another mount leave inode and birth as they are, a copy has others; the
    /// device is not asked, for its number may be another after each start of the machine.
    /// </summary>
    public bool IsOf(FileStamp file)
    {
        var parts = Identity?.Split('-') ?? [];
        if (file.Inode == 0 || parts.Length != 2 ||
            !ulong.TryParse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var inode) ||
            !long.TryParse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var created))
        {
            return true;
        }
        // Not every file system, nor every way to ask, tells the birth.
        return inode == file.Inode && (created == file.Created || created == 0 || file.Created == 0);
    }
}

using System;
using System.Buffers;

namespace TaskLocking.Cli.Running;

/// <summary>Puts lines together that come in pieces, each with a prefix.</summary>
internal sealed class LineParts
{
    // A line without an end is not waited for for ever.
    private const int LongestLine = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _open = new();

    /// <summary>The lines that are whole by now; at the end, which an empty piece tells, what is left as a line.</summary>
    public byte[] Next(ReadOnlySpan<byte> piece, ReadOnlySpan<byte> prefix)
    {
        var lines = new ArrayBufferWriter<byte>();
        if (piece.IsEmpty && _open.WrittenCount > 0)
            piece = "\n"u8;
        while (!piece.IsEmpty)
        {
            var end = piece.IndexOf((byte)'\n');
            _open.Write(end < 0 ? piece : piece[..end]);
            if (end < 0 && _open.WrittenCount < LongestLine)
                break;
            lines.Write(prefix);
            lines.Write(_open.WrittenSpan);
            lines.Write("\n"u8);
            _open.ResetWrittenCount();
            piece = end < 0 ? [] : piece[(end + 1)..];
        }
        return lines.WrittenSpan.ToArray();
    }
}

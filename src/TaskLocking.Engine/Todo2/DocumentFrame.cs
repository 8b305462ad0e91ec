using System;
using System.Collections.Generic;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// A document without its todos: everything before, between and behind them, with holes for the few top-level values that we keep
/// current. All else is kept to the byte.
/// </summary>
internal sealed class DocumentFrame
{
    /// <summary>A run of bytes, then what fills the hole behind it.</summary>
    internal sealed record Piece(ReadOnlyMemory<byte> Bytes, Hole Hole);

    /// <summary>What a hole is for.</summary>
    internal enum Hole
    {
        None,
        Time,
        NextTaskNumber,
        Mark,
    }

    /// <summary>The frame of a document that nobody has written yet.</summary>
    public static DocumentFrame Default { get; } = new(
        [new("{\n  \"todos\": ["u8.ToArray(), Hole.None)],
        [new("\n  ],\n  \"lastModified\": "u8.ToArray(), Hole.Time), new(",\n  \"taskLocking\": "u8.ToArray(), Hole.Mark),
            new("\n}\n"u8.ToArray(), Hole.None)],
        "\n    "u8.ToArray(),
        ",\n    "u8.ToArray());

    private readonly IReadOnlyList<Piece> _head;
    private readonly IReadOnlyList<Piece> _tail;
    private readonly byte[] _firstLead;
    private readonly byte[] _separator;

    public DocumentFrame(IReadOnlyList<Piece> head, IReadOnlyList<Piece> tail, byte[] firstLead, byte[] separator)
    {
        _head = head;
        _tail = tail;
        _firstLead = firstLead;
        _separator = separator;
        ReadOnlySpan<byte> lead = separator;
        lead = lead[(lead.IndexOf((byte)',') + 1)..];
        TodoLead = lead.IndexOf((byte)'\n') >= 0 ? lead.ToArray() : [];
    }

    /// <summary>The line feed and indentation before a todo; empty where todos do not begin lines of their own.</summary>
    public byte[] TodoLead { get; }

    /// <summary>The frame as text, a document of no todos: what a journal keeps of a foreign one.</summary>
    public string Text()
    {
        var buffer = new ByteBuffer(1024);
        Put(buffer, _head, "0", 0, null);
        Put(buffer, _tail, "0", 0, null);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Writes the document; with a mark also its checksum.</summary>
    public void Render(ByteBuffer buffer, IEnumerable<TodoEntry> entries, string time, long nextTaskNumber, DocumentMark mark)
    {
        Put(buffer, _head, time, nextTaskNumber, null);
        var isFirst = true;
        foreach (var entry in entries)
        {
            buffer.Write(isFirst ? _firstLead : _separator);
            buffer.Write(entry.Json.Span);
            isFirst = false;
        }
        var digits = Put(buffer, _tail, time, nextTaskNumber, mark);
        var checksum = Crc32C.Append(Crc32C.Append(0, buffer.Written[..digits]), buffer.Written[(digits + 8)..]);
        Span<byte> text = stackalloc byte[8];
        JournalLine.WriteHex(checksum, text);
        buffer.Overwrite(digits, text);
    }

    // Gives the place of the checksum's digits.
    private static int Put(ByteBuffer buffer, IReadOnlyList<Piece> pieces, string time, long nextTaskNumber, DocumentMark? mark)
    {
        var digits = -1;
        foreach (var piece in pieces)
        {
            buffer.Write(piece.Bytes.Span);
            switch (piece.Hole)
            {
                case Hole.Time:
                    buffer.Write("\"" + time + "\"");
                    break;
                case Hole.NextTaskNumber:
                    buffer.Write(nextTaskNumber);
                    break;
                case Hole.Mark:
                    buffer.Write(mark is null ? "{\"" : mark.TextBeforeChecksum);
                    digits = buffer.Length;
                    buffer.Write(mark is null ? "\":0}" : "00000000\"}");
                    break;
            }
        }
        return digits;
    }
}

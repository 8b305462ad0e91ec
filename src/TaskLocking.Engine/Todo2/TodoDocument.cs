using System;
using System.Collections.Generic;
using System.Text.Json;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// A Todo2 document, read in one pass: where each todo begins and ends and what its id is; a todo is parsed when somebody wants it.
/// A JSON object with a list of todos is one; all else, be it JSON, is none.
/// </summary>
internal sealed class TodoDocument
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<Gap> _gaps = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly int _vouchedAt;
    private bool _hasTwins;
    private int _checksumAt = -1;
    private byte[]? _firstLead;
    private byte[]? _separator;

    private TodoDocument(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        // Found before anything is parsed: where the checksum holds, the text is what we wrote, and need not be judged again.
        var at = bytes.Span.LastIndexOf("\"checksum\":\""u8) + "\"checksum\":\"".Length;
        _vouchedAt = Holds(at) ? at : -1;
    }

    // What is cut out of the document, and what is put there instead.
    private sealed record Gap(int Start, int End, DocumentFrame.Hole Hole);

    public DocumentFrame Frame { get; private set; } = DocumentFrame.Default;

    public TodoList Entries { get; } = new();

    /// <summary>Our mark, if the document has one; it counts only with <see cref="IsWhole"/>.</summary>
    public DocumentMark? Mark { get; private set; }

    /// <summary>The number that the next new todo gets; null if the document does not number them.</summary>
    public long? NextTaskNumber { get; private set; }

    public string? LastModified { get; private set; }

    /// <summary>Agents and file leases that the document shows beside its mark.</summary>
    public StateRecords Records { get; private set; } = StateRecords.Empty;

    /// <summary>Whether nobody but us wrote the document: the mark's checksum holds.</summary>
    public bool IsWhole => Mark is not null && (_checksumAt == _vouchedAt || Holds(_checksumAt));

    /// <exception cref="JsonException">The text is not JSON, or not an object with a list of todos. Where it does not tell a line, its
    /// message is a part of a sentence about the document.</exception>
    public static TodoDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var document = new TodoDocument(bytes);
            document.Read();
            return document;
        }
        catch (IndexOutOfRangeException exception)
        {
            // The checksum holds, so it was scanned, and is no text of ours all the same.
            throw new JsonException("The document ends within a value.", exception);
        }
    }

    /// <summary>
    /// The document that an object without any property may become: nobody has put anything into it yet. Null for all else.
    /// </summary>
    public static TodoDocument? Begin(byte[] text)
    {
        var reader = JsonReading.Of(text.AsSpan(text.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
        try
        {
            foreach (var token in (JsonTokenType[])[JsonTokenType.StartObject, JsonTokenType.EndObject])
            {
                if (!reader.Read() || reader.TokenType != token)
                    return null;
            }
            if (reader.Read())
                return null;
        }
        catch (JsonException)
        {
            return null;
        }
        return Parse("{\n  \"todos\": []\n}\n"u8.ToArray());
    }

    private bool Holds(int checksumAt)
    {
        var bytes = _bytes.Span;
        return checksumAt + 8 <= bytes.Length && JournalLine.TryReadHex(bytes.Slice(checksumAt, 8), out var told) &&
            Crc32C.Append(Crc32C.Append(0, bytes[..checksumAt]), bytes[(checksumAt + 8)..]) == told;
    }

    private void Read()
    {
        var start = _bytes.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = JsonReading.Of(_bytes.Span[start..]);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("it is JSON, but no object");
        var brace = start + (int)reader.BytesConsumed;
        int todosStart = -1, todosEnd = -1, end = brace, lastKept = brace;
        byte[]? lead = null;
        var cutNext = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var nameStart = start + (int)reader.TokenStartIndex;
            lead ??= _bytes.Span[brace..nameStart].ToArray();
            if (cutNext >= 0)
                _gaps.Add(new Gap(cutNext, nameStart, DocumentFrame.Hole.None));
            cutNext = -1;
            var name = TodoText.Read(ref reader)!;
            reader.Read();
            var valueStart = start + (int)reader.TokenStartIndex;
            if (name == "todos" && reader.TokenType == JsonTokenType.StartArray)
            {
                if (todosStart >= 0)
                    throw new JsonException("it has two lists 'todos'");
                todosStart = valueStart + 1;
                if (_vouchedAt < 0)
                {
                    todosEnd = ReadTodos(ref reader, start);
                }
                else
                {
                    // A reader of megabytes, which checks each byte, would take most of a command's time.
                    todosEnd = ScanTodos(todosStart, out start);
                    reader = new Utf8JsonReader(_bytes.Span[start..], isFinalBlock: true, reader.CurrentState);
                    reader.Read();
                }
            }
            else if (name == "todos")
            {
                throw new JsonException("its 'todos' is no list");
            }
            else if (name == "taskLocking")
            {
                Mark = DocumentMark.Read(ref reader, out var checksumAt, out var records);
                Records = records;
                _checksumAt = start + checksumAt;
                // Cut with the comma before it, or, as the first property, up to the next name.
                if (end == brace)
                    cutNext = nameStart;
                else
                    _gaps.Add(new Gap(end, start + (int)reader.BytesConsumed, DocumentFrame.Hole.None));
                end = start + (int)reader.BytesConsumed;
                continue;
            }
            else
            {
                ReadTop(ref reader, name, valueStart, start);
            }
            end = lastKept = start + (int)reader.BytesConsumed;
        }
        if (reader.Read())
            throw new JsonException("something follows it");
        if (todosStart < 0)
            throw new JsonException("it has no list 'todos'");
        if (_hasTwins)
            TodoTwins.CountAll(Entries);
        MakeFrame(brace, lead ?? "\n  "u8.ToArray(), todosStart, todosEnd, lastKept);
    }

    private void ReadTop(ref Utf8JsonReader reader, string name, int valueStart, int start)
    {
        var hole = name switch
        {
            "lastModified" or "updated_at" when reader.TokenType == JsonTokenType.String => DocumentFrame.Hole.Time,
            // A number that cannot be counted up from stays as it is.
            "nextTaskNumber" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) &&
                number is >= 0 and < StoreLife.HighestVersion => DocumentFrame.Hole.NextTaskNumber,
            _ => DocumentFrame.Hole.None,
        };
        if (hole == DocumentFrame.Hole.NextTaskNumber)
            NextTaskNumber = reader.GetInt64();
        if (hole == DocumentFrame.Hole.Time)
            LastModified = TodoText.Read(ref reader);
        reader.Skip();
        if (hole != DocumentFrame.Hole.None)
            _gaps.Add(new Gap(valueStart, start + (int)reader.BytesConsumed, hole));
    }

    // Gives the place behind the last todo.
    private int ReadTodos(ref Utf8JsonReader reader, int start)
    {
        var end = start + (int)reader.BytesConsumed;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var todoStart = start + (int)reader.TokenStartIndex;
            var id = ReadId(ref reader);
            Add(id, end, todoStart, end = start + (int)reader.BytesConsumed);
        }
        return end;
    }

    // The same by a text that we wrote. The bracket is where the list ends.
    private int ScanTodos(int at, out int bracket)
    {
        var json = _bytes.Span;
        var end = at;
        while (true)
        {
            at = JsonScan.Space(json, end);
            if (json[at] == ',')
                at = JsonScan.Space(json, at + 1);
            if (json[at] == ']')
                break;
            var todoStart = at;
            var id = JsonScan.Id(json, ref at);
            Add(id, end, todoStart, end = at);
        }
        bracket = at;
        return end;
    }

    private void Add(string? id, int endBefore, int start, int end)
    {
        if (_firstLead is null)
            _firstLead = _bytes.Span[endBefore..start].ToArray();
        else
            _separator ??= _bytes.Span[endBefore..start].ToArray();
        var isTodo = id is { Length: > 0 } && _ids.Add(id);
        _hasTwins |= !isTodo && !string.IsNullOrEmpty(id);
        Entries.Add(new TodoEntry(id ?? "", _bytes[start..end]) { IsAddressable = isTodo });
    }

    // Leaves the reader at the end of the todo.
    private static string? ReadId(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = TodoText.IsName(ref reader, "id"u8);
            reader.Read();
            if (isId)
                id = TodoText.Read(ref reader);
            else
                reader.Skip();
        }
        return id;
    }

    private void MakeFrame(int brace, byte[] lead, int todosStart, int todosEnd, int lastKept)
    {
        var isPretty = ((ReadOnlySpan<byte>)lead).IndexOf((byte)'\n') >= 0;
        var comma = ","u8.ToArray();
        var insert = Join(lastKept > brace ? comma : [], lead, "\"taskLocking\""u8, isPretty ? ": "u8 : ":"u8);
        var head = Pieces(0, todosStart, -1, insert);
        var tail = Pieces(todosEnd, _bytes.Length, lastKept, insert);
        if (Entries.Count == 0 && isPretty && _bytes.Span[todosEnd] == ']')
            tail.Insert(0, new(lead, DocumentFrame.Hole.None));
        var first = _firstLead ?? (isPretty ? Join(lead, "  "u8) : []);
        var separator = _separator ?? Join(comma, first);
        Frame = new DocumentFrame(head, tail, first, separator);
    }

    private List<DocumentFrame.Piece> Pieces(int from, int to, int markAt, byte[] insert)
    {
        var pieces = new List<DocumentFrame.Piece>();
        var gaps = _gaps.FindAll(gap => gap.Start >= from && gap.End <= to);
        if (markAt >= 0)
            gaps.Add(new Gap(markAt, markAt, DocumentFrame.Hole.Mark));
        gaps.Sort((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : left.End.CompareTo(right.End));
        foreach (var gap in gaps)
        {
            var bytes = _bytes[from..gap.Start];
            pieces.Add(new(gap.Hole == DocumentFrame.Hole.Mark ? Join(bytes.Span, insert) : bytes, gap.Hole));
            from = gap.End;
        }
        pieces.Add(new(_bytes[from..to], DocumentFrame.Hole.None));
        return pieces;
    }

    private static byte[] Join(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c = default, ReadOnlySpan<byte> d = default)
    {
        var buffer = new ByteBuffer(a.Length + b.Length + c.Length + d.Length);
        buffer.Write(a);
        buffer.Write(b);
        buffer.Write(c);
        buffer.Write(d);
        return buffer.ToArray();
    }
}

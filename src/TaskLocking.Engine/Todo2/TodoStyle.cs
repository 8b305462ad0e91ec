using System;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>Writes a new todo in the style of its document: one field a line where todos have lines.</summary>
internal static class TodoStyle
{
    private const int LongestSpare = 64 << 10;

    // A thousand new todos are written one after the other.
    [ThreadStatic]
    private static ByteBuffer? _spare;

    /// <param name="todo">The todo as one line, as it stands in the journal.</param>
    /// <param name="lead">The line feed and indentation of a todo; empty for a document on one line.</param>
    public static ReadOnlyMemory<byte> Expand(ReadOnlyMemory<byte> todo, byte[] lead)
    {
        if (lead.Length == 0)
            return todo.ToArray();
        var json = todo.Span;
        var buffer = _spare ?? new ByteBuffer(todo.Length * 2);
        _spare = null; // Should this one fail, nobody goes on in what it left.
        buffer.Write("{"u8);
        var isFirst = true;
        for (var at = JsonScan.Space(json, 1); json[at] != '}'; at = JsonScan.Space(json, at))
        {
            if (json[at] == ',')
                at = JsonScan.Space(json, at + 1);
            if (!isFirst)
                buffer.Write(","u8);
            isFirst = false;
            buffer.Write(lead);
            buffer.Write("  "u8);
            var name = at;
            at = JsonScan.String(json, at);
            WriteName(buffer, json[name..at]);
            buffer.Write(": "u8);
            var value = JsonScan.Space(json, JsonScan.Space(json, at) + 1);
            at = JsonScan.Value(json, value);
            buffer.Write(JsonSlices.TrimEnd(json[value..at]));
        }
        buffer.Write(lead);
        buffer.Write("}"u8);
        var expanded = buffer.ToArray();
        if (expanded.Length <= LongestSpare)
        {
            buffer.Clear();
            _spare = buffer;
        }
        return expanded;
    }

    // As we write names, whatever another tool escaped.
    private static void WriteName(ByteBuffer buffer, ReadOnlySpan<byte> quoted)
    {
        foreach (var unit in quoted)
        {
            if (unit is >= (byte)' ' and <= (byte)'~' and not (byte)'\\')
                continue;
            var reader = JsonReading.Of(quoted);
            reader.Read();
            buffer.Write(JsonSlices.Quote(TodoText.Read(ref reader)!));
            return;
        }
        buffer.Write(quoted);
    }
}

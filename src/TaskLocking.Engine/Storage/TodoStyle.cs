using System;

namespace TaskLocking.Storage;

/// <summary>Writes a new todo in the style of its document: one field a line where todos have lines.</summary>
internal static class TodoStyle
{
    /// <param name="todo">The todo as one line.</param>
    /// <param name="lead">The line feed and indentation of a todo; empty for a document on one line.</param>
    public static ReadOnlyMemory<byte> Expand(ReadOnlyMemory<byte> todo, byte[] lead)
    {
        if (lead.Length == 0)
            return todo.ToArray();
        var buffer = new ByteBuffer(todo.Length * 2);
        buffer.Write("{"u8);
        var isFirst = true;
        foreach (var field in JsonSlices.Properties(todo))
        {
            if (!isFirst)
                buffer.Write(","u8);
            isFirst = false;
            buffer.Write(lead);
            buffer.Write("  "u8);
            buffer.Write(JsonSlices.Quote(field.Name));
            buffer.Write(": "u8);
            buffer.Write(field.Value);
        }
        buffer.Write(lead);
        buffer.Write("}"u8);
        return buffer.ToArray();
    }
}

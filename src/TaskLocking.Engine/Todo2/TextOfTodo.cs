using System;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>A text in the bytes of a todo, which do not change: a string of JSON with its quotes.</summary>
internal sealed class TextOfTodo(ReadOnlyMemory<byte> json) : StoredText
{
    public override string Read()
    {
        var reader = JsonReading.Of(json.Span);
        reader.Read();
        return TodoText.Read(ref reader)!;
    }
}

using System;

namespace TaskLocking.Todo2;

/// <summary>
/// The text of a value inside a JSON text, and its name if it is a property. A class on purpose: collections of reference types are
/// compiled ahead of time, those of structs from another assembly are not, and a one-shot process would compile each of them.
/// </summary>
internal sealed class JsonMember(string name, ReadOnlyMemory<byte> value)
{
    public string Name => name;

    public ReadOnlySpan<byte> Value => value.Span;

    public ReadOnlyMemory<byte> Memory => value;

    public bool IsNull => Value.SequenceEqual("null"u8);
}

using System;

namespace TaskLocking.Todo2;

/// <summary>A field that patches set: its name without quotes, and the value that the last of them gives it.</summary>
internal sealed class PatchedField(ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> value)
{
    public ReadOnlySpan<byte> Name => name.Span;

    public ReadOnlySpan<byte> Value => Last.Span;

    public ReadOnlyMemory<byte> Last { get; set; } = value;

    /// <summary>Whether the todo has its place for it: then it is not added at the end.</summary>
    public bool IsPlaced { get; set; }

    public bool IsNull => Value.SequenceEqual("null"u8);
}

using System;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>A patch on its way into the bytes of its todo.</summary>
/// <param name="json">The members of an operation of the journal.</param>
/// <param name="shape">What is known of it.</param>
internal sealed class TodoPatch(ReadOnlyMemory<byte> json, PatchShape shape)
{
    public ReadOnlyMemory<byte> Json => json;

    /// <summary>The fields that it sets, or more.</summary>
    public TodoField Fields => shape.Fields;

    /// <summary>The fields that it is known to set.</summary>
    public TodoField SureFields => shape.Fields == TodoField.All ? TodoField.None : shape.Fields;

    /// <summary>What it adds to the history, as an array; empty if that is nothing.</summary>
    public ReadOnlyMemory<byte> History => json[shape.History..^1];
}

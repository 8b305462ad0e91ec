using System;

namespace TaskLocking;

/// <summary>A file that tasks are imported from.</summary>
public sealed record ImportFile(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>What it is called, for whoever is told of it.</summary>
    public string Name { get; } = Name;

    /// <summary>What it has, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Content { get; } = Content;
}

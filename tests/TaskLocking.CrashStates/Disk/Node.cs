using System.Collections.Generic;

namespace TaskLocking.CrashStates.Disk;

/// <summary>A file or a folder, whatever its name is: what was done to it, in order.</summary>
/// <param name="number">Tells it from others.</param>
/// <param name="isFolder">Which of the two.</param>
/// <param name="name">The name that it was made with, for reports.</param>
internal sealed class Node(int number, bool isFolder, string name)
{
    public int Number => number;

    public bool IsFolder => isFolder;

    public string Name => name;

    public List<DataChange> Changes { get; } = [];

    public List<Flush> Flushes { get; } = [];

    public List<Identity> Identities { get; } = [];

    public override string ToString() => $"{name}#{number}";
}

/// <summary>Bytes that were written at an offset; without bytes: the file was made that long.</summary>
internal sealed record DataChange(long Start, long Offset, byte[]? Bytes)
{
    public long End => Offset + (Bytes?.Length ?? 0);
}

/// <summary>A flush of a file or a folder: what began before it is on the disk when it is over, unless it failed.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it was over.</param>
/// <param name="Failed">Whether it failed.</param>
/// <param name="By">The descriptor, and when that was opened.</param>
internal sealed record Flush(long Start, long End, bool Failed, (int Number, long Opened) By)
{
    /// <summary>
    /// Whether its success says that what another flush failed to write is there all the same: the system tells each descriptor that was
    /// open at the time, once.
    /// </summary>
    public bool Refutes(Flush failed, IEnumerable<Flush> flushes)
    {
        foreach (var told in flushes)
        {
            if (told.Failed && told.By == By && told.End >= failed.End && told.End < End)
                return false;
        }
        return By != failed.By && By.Opened < failed.Start;
    }
}

/// <summary>What the system told of a file at one moment: by this the engine knows it again.</summary>
internal sealed record Identity(long At, ulong Device, ulong Inode, long Created, long Modified);

/// <summary>A name in a folder.</summary>
internal readonly record struct Entry(Node Folder, string Name);

/// <summary>A name was made, taken away or moved; a move is one step, and puts away what had the new name.</summary>
internal sealed record NameChange(long Start, Node Node, Entry? From, Entry? To)
{
    public override string ToString() => (From, To) switch
    {
        (null, { } made) => $"make {made.Name}",
        ({ } gone, null) => $"remove {gone.Name}",
        ({ } from, { } to) => $"rename {from.Name} to {to.Name}",
        _ => "",
    };
}

/// <summary>What a process wrote to its standard output.</summary>
internal sealed record Answer(long Start, string Line);

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

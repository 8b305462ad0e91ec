namespace TaskLocking.CrashStates.Disk;

/// <summary>A name in a folder.</summary>
internal readonly record struct Entry(Node Folder, string Name);

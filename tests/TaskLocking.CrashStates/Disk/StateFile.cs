namespace TaskLocking.CrashStates.Disk;

/// <summary>A file of a state; without bytes it is a folder.</summary>
internal sealed record StateFile(string Path, Node Node, byte[]? Bytes, Identity? Identity, bool KeepsTime);

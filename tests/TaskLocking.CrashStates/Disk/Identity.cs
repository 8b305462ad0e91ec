namespace TaskLocking.CrashStates.Disk;

/// <summary>What the system told of a file at one moment: by this the engine knows it again.</summary>
internal sealed record Identity(long At, ulong Device, ulong Inode, long Created, long Modified);

namespace TaskLocking.CrashStates.Disk;

/// <summary>What a process wrote to its standard output.</summary>
internal sealed record Answer(long Start, string Line);

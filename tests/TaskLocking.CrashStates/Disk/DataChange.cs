namespace TaskLocking.CrashStates.Disk;

/// <summary>Bytes that were written at an offset; without bytes: the file was made that long.</summary>
internal sealed record DataChange(long Start, long Offset, byte[]? Bytes)
{
    public long End => Offset + (Bytes?.Length ?? 0);
}

namespace TaskLocking.Storage;

/// <summary>
/// The version of one commit, shared by all that it changed. A decision that was made before the lock learns its number only when it is
/// written.
/// </summary>
internal sealed class CommitVersion(long value)
{
    public long Value { get; set; } = value;
}

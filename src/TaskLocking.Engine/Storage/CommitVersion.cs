namespace TaskLocking.Storage;

/// <summary>
/// The version of a commit that is not written yet, shared by all that it changes: a decision that was made before the lock learns its
/// number under it.
/// </summary>
internal sealed class CommitVersion(long value)
{
    public long Value { get; set; } = value;
}

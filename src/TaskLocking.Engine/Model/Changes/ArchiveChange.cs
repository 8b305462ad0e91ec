namespace TaskLocking.Model;

/// <summary>A part of the archive that counts from now on, or no more.</summary>
/// <param name="before">What counted of it; null if it did not.</param>
/// <param name="after">What counts then; null for nothing.</param>
internal sealed class ArchiveChange(ArchiveSegment? before, ArchiveSegment? after) : StateChange
{
    public ArchiveSegment? After => after;

    /// <summary>What it is kept by.</summary>
    public string Key => (after ?? before)!.Name;
}

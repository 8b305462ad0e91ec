namespace TaskLocking.Model;

/// <summary>A lease on files that is given, prolonged, or taken away.</summary>
/// <param name="before">What there was; null if there was none.</param>
/// <param name="after">What is then; null if it goes.</param>
internal sealed class LeaseChange(FileLease? before, FileLease? after) : StateChange
{
    public FileLease? Before => before;

    public FileLease? After => after;

    /// <summary>What it is kept by.</summary>
    public string Key => (after ?? before)!.Key;
}

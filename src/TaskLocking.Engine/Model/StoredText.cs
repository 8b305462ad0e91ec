namespace TaskLocking.Model;

/// <summary>
/// A long text where it is stored. Thousands of tasks are read to see which of them is ready, and hardly one for what it says: as strings
/// their texts would be most of what a command has in memory.
/// </summary>
internal abstract class StoredText
{
    /// <summary>The text, read anew with each call.</summary>
    public abstract string Read();
}

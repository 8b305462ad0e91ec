namespace TaskLocking.Board;

/// <summary>Where to begin to follow, where that is no version.</summary>
internal static class TailVersion
{
    /// <summary>From the first commit that is kept.</summary>
    public const long Oldest = -1;
}

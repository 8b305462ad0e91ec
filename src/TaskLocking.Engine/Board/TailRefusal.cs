namespace TaskLocking.Board;

/// <summary>The refusal where commits are asked for that are not kept.</summary>
internal static class TailRefusal
{
    /// <summary>What came behind a version is not all there, or the version is of a state that is no more.</summary>
    /// <param name="after">The version that was asked for.</param>
    /// <param name="version">The one that the board has.</param>
    public static TaskLockingException Lost(long after, long version) => new(new Refusal(RefusalCode.EventsLost,
        $"What came after version {after} is not kept any more, or the board was put back since. Read the board anew, which is at version "
            + $"{version}, and go on after that.")
    { ExpectedVersion = after, FoundVersion = version });
}

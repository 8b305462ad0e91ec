using TaskLocking.Model;

namespace TaskLocking.Board;

/// <summary>Versions that somebody may remember who got them from nobody of us.</summary>
internal static class SkippedVersions
{
    /// <summary>No version up to this one is given out any more; false if none would have been.</summary>
    public static bool UpTo(BoardState state, long version)
    {
        if (version <= state.Version || !StoreLife.IsBelieved(version))
            return false;
        state.JumpTo(version + StoreLife.Skip);
        return true;
    }
}

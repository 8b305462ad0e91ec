using TaskLocking.Board;

namespace TaskLocking.FileStore;

/// <summary>What is known of the state that a foreign writer started from.</summary>
/// <param name="State">That state; null if nothing leads there.</param>
/// <param name="Version">Its version, as far as it is known; 0 if it is not.</param>
/// <param name="IsExact">Whether that is certain, by our mark. Only then does he remove what he leaves out. If not, he may have started
/// from an older state: what we changed later than he says he wrote is then ours.</param>
/// <param name="IsOfThisStore">Whether his document has a mark of this store: the versions in its todos are then ours.</param>
/// <param name="Earlier">Which of his todos one of us has changed since: from where he started, or after what he wrote before.</param>
internal sealed record MergeBase(BoardState? State, long Version, bool IsExact, bool IsOfThisStore, EarlierStates Earlier)
{
    /// <summary>Whether the state is later than what he saw, since nothing leads further back.</summary>
    public bool IsLater => State?.Version > Version;
}

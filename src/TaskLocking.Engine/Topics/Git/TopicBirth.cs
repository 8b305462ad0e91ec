using System;

namespace TaskLocking.Topics;

/// <summary>The commit that first added a topic.</summary>
/// <param name="Time">When it was committed.</param>
/// <param name="Commit">Its id, which decides between two of one second.</param>
internal sealed record TopicBirth(DateTimeOffset Time, string Commit)
{
    /// <summary>Whether this is the older one: everywhere the same, whoever asks.</summary>
    public bool IsBefore(TopicBirth other) =>
        Time != other.Time ? Time < other.Time : string.CompareOrdinal(Commit, other.Commit) < 0;
}

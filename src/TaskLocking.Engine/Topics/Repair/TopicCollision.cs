using System.Collections.Generic;

namespace TaskLocking.Topics;

/// <summary>A number that several topics have, or will have after a merge.</summary>
/// <param name="Number">The number.</param>
/// <param name="Here">The names in the working tree.</param>
/// <param name="There">The names that only the other side has.</param>
/// <param name="Side">What is merged; null where all are here.</param>
internal sealed record TopicCollision(int Number, IReadOnlyList<string> Here, IReadOnlyList<string> There, string? Side)
{
    /// <summary>As a finding.</summary>
    public TopicIssue Issue() => new("collision", TopicFolderName.Format(Number),
        $"After a merge with {Side}, number {TopicFolderName.Format(Number)} is that of {string.Join(", ", Here)} (here) and "
        + $"{string.Join(", ", There)} (there). 'tasklock topic renumber --against {Side}' (Repair-TopicDirectory -Against) gives the "
        + "younger another.", IsError: true);
}

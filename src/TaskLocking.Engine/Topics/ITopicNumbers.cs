using System.Collections.Generic;

namespace TaskLocking.Topics;

/// <summary>Where a root's numbers come from that is not alone: others have the same root.</summary>
internal interface ITopicNumbers
{
    /// <summary>The folder of a name where others have it, to be made here as well; null if nobody has.</summary>
    string? Elsewhere(string name);

    /// <summary>Numbers that nobody else gets, upward, one a name.</summary>
    /// <param name="highest">The highest in the root.</param>
    /// <param name="names">Cleaned.</param>
    IReadOnlyList<int> Take(int highest, IReadOnlyList<string> names);

    /// <summary>Whether the folders have to be seen by git, which knows no empty ones.</summary>
    bool KeepsEmptyFolders { get; }
}
